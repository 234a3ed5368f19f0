// doctor tells in plain words whether other mail servers can believe the sender of our mails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { senderFindings } from '../../src/doctor/sender-findings.ts'
import { openDns, type Zone } from '../support/dns.ts'

const domain = 'letters.example.org'
const key = `v=DKIM1; k=rsa; p=${'A'.repeat(300)}`
const healthy: Zone = {
  [domain]: ['some-proof=1', 'v=spf1 include:mail.example -all'],
  [`s1._domainkey.${domain}`]: [key],
  [`_dmarc.${domain}`]: ['v=DMARC1; p=quarantine'],
}

async function told(
  zone: Zone | null,
  { selector = null, from = `Our Network <signon@${domain}>` }: Partial<Options> = {},
): Promise<string[]> {
  const resolver = await openDns(zone)
  const config = { mailFrom: from, nodeEnv: 'production' } as const
  const findings = await senderFindings(config, { resolver, selector })
  return findings.map(({ name, isOk, text }) => `${name} ${isOk ? 'ok' : 'problem'}: ${text}`)
}

interface Options {
  selector: string | null
  from: string
}

test('a sender whose domain is in order', async () => {
  const [spf = '', dkim = '', dmarc = ''] = await told(healthy, { selector: 's1' })
  assert.match(spf, /^spf ok: .*"v=spf1 include:mail\.example -all"/)
  assert.equal(dkim, 'dkim ok: the key "s1" is there')
  assert.equal(dmarc, `dmarc ok: ${domain} has a policy (p=quarantine)`)
})

test('a domain that says nothing: what to add, three times', async () => {
  const [spf = '', dkim = '', dmarc = ''] = await told({})
  assert.match(spf, /^spf problem: .* does not say who may send .* Add the TXT record/)
  assert.match(dkim, /^dkim problem: .* has no key .* Switch DKIM on/)
  assert.match(dmarc, /^dmarc problem: .* Add the TXT record "v=DMARC1; p=none" at _dmarc\.letters/)
})

test('the domain above speaks for one without a policy of its own', async () => {
  const zone: Zone = { ...healthy, '_dmarc.example.org': ['v=DMARC1;p=reject'] }
  const { [`_dmarc.${domain}`]: _, ...others } = zone
  assert.equal((await told(others))[2], 'dmarc ok: example.org has a policy (p=reject)')
})

test('keys whose names are not known are not told to be missing', async () => {
  assert.match((await told(healthy))[1] ?? '', /^dkim ok: .*doctor --dkim SELECTOR/)
})

const wrong: [what: string, change: Zone, problem: RegExp][] = [
  ['two SPF records', { [domain]: ['v=spf1 a -all', 'v=spf1 mx -all'] }, /^spf .* 2 SPF records/],
  ['everybody allowed', { [domain]: ['v=spf1 +all'] }, /^spf .* lets everybody send/],
  ['everybody allowed without a sign', { [domain]: ['v=spf1 a all'] }, /^spf .* lets everybody/],
  ['a key taken back', { [`s1._domainkey.${domain}`]: ['v=DKIM1; p='] }, /^dkim .* taken back/],
  ['another key', { [`s1._domainkey.${domain}`]: [] }, /^dkim .* there is no key at s1\._domain/],
  ['no policy', { [`_dmarc.${domain}`]: ['v=DMARC1; rua=x'] }, /^dmarc .* names no policy/],
  [
    'two policies',
    { [`_dmarc.${domain}`]: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
    /^dmarc .* 2 DMARC records/,
  ],
]

for (const [what, change, problem] of wrong) {
  test(`${what} is the only problem told`, async () => {
    const lines = await told({ ...healthy, ...change }, { selector: 's1' })
    const problems = lines.filter((line) => line.includes(' problem: '))
    assert.equal(problems.length, 1, lines.join('\n'))
    assert.match(problems[0] ?? '', problem)
  })
}

test('a name server that does not answer is not taken for a domain that says nothing', async () => {
  for (const line of await told(null)) {
    assert.match(line, /^\w+ problem: the name server gives no answer \(EREFUSED\)\. Look again/)
  }
})

test('a sender in no public domain', async () => {
  const lines = await told({}, { from: 'Undersigned <undersigned@localhost>' })
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /^sender problem: nobody can answer to localhost\. Set MAIL_FROM/)
})
