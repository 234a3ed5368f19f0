// Names as people and attackers type them, all the way (product.md S-1, W-4, M-8).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from 'cheerio'
import { parse } from 'csv-parse/sync'
import { fixture } from '../support/fixtures.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose, someOrganisation, somebody } from '../support/people.ts'
import { type Answers, counts, linkIn, listed, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

interface Names {
  accept: string[]
  flag: { name: string; why: string }[]
  refuse: { name: string; why: string }[]
}
const names = JSON.parse(readFileSync(fixture('names.json'), 'utf8')) as Names

/** Each name once for an organisation and once for a person, at mailboxes of their own. */
function signersOf(name: string): Answers[] {
  return [someOrganisation({ name }), somebody({ name })]
}

async function confirmAll(site: TestSite): Promise<void> {
  await site.deliverMail()
  for (const mail of site.inbox.mails) {
    assert.equal((await post(site, linkIn(mail, 'confirm'), { decision: 'confirm' })).status, 303)
  }
}

/** In one order, so that two lists can be compared. */
const sorted = (texts: (string | undefined)[]) => texts.map(String).toSorted()

const guarded = (name: string) => (/^[=+\-@\t\r]/u.test(name) ? `'${name}` : name)

test('every good name is accepted as typed and stands so on pages, in files and in the mail', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const signers = names.accept.flatMap(signersOf)
  for (const answers of signers) assert.equal((await sign(site, slug, answers)).status, 303)
  await confirmAll(site)
  for (const { email = '', name = '' } of signers) {
    const mail = await site.inbox.waitFor(email)
    assert.ok(mail.text.includes(name.normalize('NFC')), `mail to ${name}`)
    assert.ok(load(mail.html)('body').text().includes(name.normalize('NFC')), `mail to ${name}`)
    assert.deepEqual(mail.recipients, [email])
  }

  const expected = sorted(signers.map(({ name = '' }) => name.normalize('NFC')))
  const inJson = (await listed(site, slug)).map((row) => String(row['name']))
  assert.deepEqual(sorted(inJson), expected)
  const csv = await fetch(`${site.address}/statements/${slug}/signatories.csv`)
  const rows = parse(await csv.text(), { bom: true, columns: true }) as { name: string }[]
  assert.deepEqual(sorted(rows.map((row) => row.name)), sorted(expected.map(guarded)))
  const visitor = await site.visitor().open(`/statements/${slug}/signatories`)
  const bdis = visitor.$('tbody bdi').toArray()
  const inHtml = new Set(bdis.map((bdi) => visitor.$(bdi).text()))
  for (const name of expected) assert.ok(inHtml.has(name), `${name} is shown isolated`)
})

test('every doubtful name is accepted, and held when it is confirmed', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const { name } of names.flag) {
    const [organisation = harbour, person = jose] = signersOf(name)
    assert.equal((await sign(site, slug, organisation)).status, 303, name)
    assert.equal((await sign(site, slug, person)).status, 303, name)
  }
  await confirmAll(site)
  const { endorsements = [] } = await rowsByTable(site)
  assert.deepEqual(
    endorsements.map((row) => row['state']),
    endorsements.map(() => 'held'),
  )
  assert.equal(endorsements.length, names.flag.length * 2)
  assert.deepEqual(await listed(site, slug), [])
  assert.equal((await counts(site, slug))['total'], 0)
})

test('every bad name is refused, kept in its field, and linked from the summary', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const { name, why } of names.refuse) {
    const signers = why.includes('person') ? signersOf(name).slice(1) : signersOf(name)
    for (const answers of signers) await assertRefused(site, slug, answers, why)
  }
  const { endorsements, outbox } = await rowsByTable(site)
  assert.deepEqual([endorsements, outbox], [[], []])
})

async function assertRefused(
  site: TestSite,
  slug: string,
  answers: Answers,
  why: string,
): Promise<void> {
  const response = await sign(site, slug, answers)
  if (response.status === 303 && why.includes('accept or refuse')) return undo(site)
  assert.equal(response.status, 422, `${why}: ${JSON.stringify(answers['name'])}`)
  const $ = load(await response.text())
  assert.match($('title').text(), /^Error: /, why)
  assert.equal($('.faults a[href="#name"]').length, 1, why)
  assert.notEqual($('.faults a').text().trim(), '', why)
  const field = $('input#name')
  assert.equal(field.attr('aria-invalid'), 'true', why)
  assert.equal($(`#${field.attr('aria-describedby')?.split(' ').at(-1)}`).length, 1, why)
  assert.equal(field.attr('value'), asInHtml(answers['name'] ?? ''), `${why}: what was typed`)
  assert.equal($('input#email').attr('value'), answers['email'], why)
}

/** Forms carry text as UTF-8, HTML knows no NUL: what was typed, as far as a page can say it. */
function asInHtml(name: string): string {
  return name.toWellFormed().replaceAll('\u0000', '\uFFFD').replaceAll(/\r\n?/g, '\n')
}

/** A name that may go either way went in: nothing of it may run, and nothing of it may stay here. */
async function undo(site: TestSite): Promise<void> {
  await site.deliverMail()
  const mail = site.inbox.mails.at(-1)
  assert.ok(mail)
  const link = linkIn(mail, 'confirm')
  const page = load(await (await fetch(site.address + link)).text())
  assert.equal(page('main script').length, 0)
  assert.equal(load(mail.html)('script').length, 0)
  await post(site, link, { decision: 'not-me' })
}

test('what a spreadsheet would run is guarded in the CSV only, and only at the start', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const risky = ['=1+1 Fund', '+Positive', '-40 Club', '@night Collective', 'GNP+', 'A=B -C']
  for (const name of risky) await sign(site, slug, someOrganisation({ name, acronym: name }))
  const quoted = 'Say "hi", friends'
  await sign(site, slug, someOrganisation({ name: quoted }))
  await sign(site, slug, somebody({ name: 'Ann', affiliation: '=cmd|calc', role: '@SUM(A1)' }))
  await confirmAll(site)

  const response = await fetch(`${site.address}/statements/${slug}/signatories.csv`)
  // text() would take the byte order mark away
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
  const inCsv = rows.filter((row) => row['type'] === 'organisation').map((row) => row['name'])
  assert.deepEqual(
    sorted(inCsv),
    sorted([
      "'=1+1 Fund",
      "'+Positive",
      "'-40 Club",
      "'@night Collective",
      'GNP+',
      'A=B -C',
      quoted,
    ]),
  )
  const ann = rows.find((row) => row['name'] === 'Ann')
  assert.deepEqual([ann?.['affiliation'], ann?.['role']], ["'=cmd|calc", "'@SUM(A1)"])
  assert.ok(text.startsWith('\uFEFF') && text.includes('"Say ""hi"", friends"'))
  assert.ok(rows.every((row) => !/^[=+\-@]/.test(row['acronym'] ?? '')))
  const inJson = (await listed(site, slug)).map((row) => String(row['name']))
  assert.deepEqual(sorted(inJson), sorted([...risky, quoted, 'Ann']))
})

test('a header smuggled into any field reaches nobody else', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const fields = [
    ...Object.keys(harbour),
    'affiliation',
    'role',
    'updates',
    'fax_number',
    'checked',
  ]
  const breaks = ['\r\n', '\n', '\r', '%0d%0a', '\u2028', '\u0085', '\\r\\n']
  for (const field of fields) {
    for (const lineBreak of breaks) {
      const smuggled = `${harbour[field] ?? 'A'}${lineBreak}Bcc: x@y.example${lineBreak}${lineBreak}`
      const answers = field === 'type' ? harbour : someOrganisation()
      await sign(site, slug, { ...answers, [field]: smuggled })
      await sign(site, slug, { ...somebody(), [field === 'type' ? 'name' : field]: smuggled })
    }
  }
  const elsewhere = [
    'a@b.example,x@y.example',
    'a@b.example>\r\nRCPT TO:<x@y.example',
    '"a b"@c.example',
  ]
  const stranger = [...elsewhere, 'x@y.example <a@b.example>', 'a@b.example\nBcc: x@y.example']
  for (const email of stranger) {
    assert.equal((await sign(site, slug, { ...jose, email })).status, 422, email)
    assert.equal((await post(site, '/find-my-endorsement', { email })).status, 422, email)
  }
  await site.deliverMail()
  assert.ok(site.inbox.mails.length > 0)
  for (const mail of site.inbox.mails) {
    assert.equal(mail.recipients.length, 1)
    assert.equal(mail.to.length, 1)
    assert.ok(!mail.headers.has('bcc') && !mail.headers.has('cc'))
    assert.ok(!mail.recipients.includes('x@y.example'))
  }
})
