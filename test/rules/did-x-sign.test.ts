// More than twenty ways to ask "did X sign?", each beside the same question about somebody who did not
// (product.md P-10; docs/threat-model.md). X is listed nowhere: what is on the public list is public.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import { openShell } from '../support/command.ts'
import { addPerson } from '../support/desk.ts'
import { listen } from '../support/live-listener.ts'
import { assertAlike } from '../support/timing.ts'
import { type Answers, linkIn, post, sign } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'
import { assertSameAnswer, fates, without, xAndY } from '../support/x-and-y.ts'

const countFields =
  'as_of closes_at countries individuals organisations status total withheld'.split(' ')

/** A line of the log without when and how fast. */
function withoutTime(line: string): object {
  const { time: _time, ms: _ms, ...rest } = JSON.parse(line) as Record<string, unknown>
  return rest
}

/** The same mailbox. */
const spelled = (answers: Answers) => ({
  ...answers,
  email: (answers['email'] ?? '').toUpperCase().replace('@', '+News@').replace('.', ''),
})

/** The same person at a mailbox of the one who asks. */
const mine = (answers: Answers, n: number) => ({ ...answers, email: `mine${n}@prober.example` })

/** One letter of the token is another one. */
const guessed = (path: string) => path.slice(0, -1) + (path.endsWith('A') ? 'B' : 'A')
const random = (path: string) => path.replace(/[^/]+$/, (token) => 'Q'.repeat(token.length))
const tokenOf = (path: string) => ({ email: path.split('/').at(-1) ?? '' })

describe('did X sign?', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const at = `/statements/${slug}`
  const get = (path: string, init: RequestInit = {}) => fetch(site.address + path, init)
  const listFor = (query: Record<string, string>, format = '') =>
    get(`${at}/signatories${format}?${new URLSearchParams(query).toString()}`)
  const countsNow = async () => (await get(`${at}/count.json`)).text()

  test('sign again with the address of X', async () => {
    for (const fate of fates) {
      const both = await xAndY(site, slug, fate)
      await assertSameAnswer(both, (answers) => sign(site, slug, answers), fate)
    }
  })

  test('sign with another spelling of the address', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    await assertSameAnswer({ x: spelled(x), y: spelled(y) }, (answers) => sign(site, slug, answers))
  })

  test('sign with the name of X and a mailbox of one’s own', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    await assertSameAnswer({ x: mine(x, 1), y: mine(y, 2) }, (answers) => sign(site, slug, answers))
    await site.deliverMail()
    const mails = await Promise.all(
      [mine(x, 1), mine(y, 2)].map(async (answers) => {
        const { subject, text } = await site.inbox.waitFor(answers['email'] ?? '')
        return without(subject + text, answers).replaceAll(/\/confirm\/[\w-]+/g, '')
      }),
    )
    assert.equal(mails[0], mails[1])
  })

  test('stop at the page that shows the answers', async () => {
    for (const fate of fates) {
      const both = await xAndY(site, slug, fate)
      await assertSameAnswer(both, (answers) => post(site, `${at}/endorse`, answers), fate)
    }
  })

  test('send a form with a fault', async () => {
    const both = await xAndY(site, slug, 'confidential')
    await assertSameAnswer(both, (answers) => sign(site, slug, { ...answers, consent: '' }))
  })

  test('have the mail sent again', async () => {
    for (const fate of fates) {
      const both = await xAndY(site, slug, fate)
      await assertSameAnswer(
        both,
        ({ email = '' }) => post(site, `${at}/check-your-inbox`, { email }),
        fate,
      )
    }
  })

  test('have the private link sent', async () => {
    for (const fate of fates) {
      const both = await xAndY(site, slug, fate)
      await assertSameAnswer(
        both,
        ({ email = '' }) => post(site, '/find-my-endorsement', { email }),
        fate,
      )
    }
  })

  async function assertLikeNonsense(path: string, fields: Answers): Promise<void> {
    const tokens = { x: tokenOf(path), y: tokenOf(random(path)) }
    const pathOf = ({ email = '' }: Answers) => path.replace(/[^/]+$/, email)
    await assertSameAnswer(tokens, (each) => get(pathOf(each)), 'GET')
    await assertSameAnswer(tokens, (each) => get(pathOf(each), { method: 'HEAD' }), 'HEAD')
    await assertSameAnswer(tokens, (each) => post(site, pathOf(each), fields), 'POST')
  }

  test('guess the link for confirming', async () => {
    const { x } = await xAndY(site, slug, 'pending')
    const mail = await site.inbox.waitFor(x['email'] ?? '')
    for (const decision of ['confirm', 'not-me', 'resend']) {
      await assertLikeNonsense(guessed(linkIn(mail, 'confirm')), { decision })
    }
  })

  test('guess the private link', async () => {
    const { own } = await xAndY(site, slug, 'withheld')
    for (const decision of ['save', 'withdraw', 'erase']) {
      await assertLikeNonsense(guessed(own ?? ''), { decision })
    }
    const near = await get(`${guessed(own ?? '')}/data.json`)
    const far = await get(`${random(own ?? '')}/data.json`)
    assert.deepEqual([near.status, far.status], [404, 404])
  })

  test('use a link for something else than it is for', async () => {
    const { own } = await xAndY(site, slug, 'withheld')
    const asConfirming = (own ?? '').replace('/endorsement/', '/confirm/')
    await assertLikeNonsense(asConfirming, { decision: 'confirm' })
  })

  test('call oneself X on one’s own private page', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    const prober = await xAndY(site, slug, 'withheld')
    const own = prober.own ?? ''
    await assertSameAnswer({ x, y }, (answers) => post(site, own, { ...answers, decision: 'save' }))
    const page = async () => without(without(await (await get(own)).text(), x), y)
    assert.doesNotMatch(await page(), /Xilda/)
    await post(site, own, { ...prober.x, decision: 'save' })
  })

  const searches: [what: string, field: string, kind: 'individual' | 'organisation'][] = [
    ['the name', 'name', 'individual'],
    ['the e-mail address', 'email', 'individual'],
    ['the contact person', 'contact_name', 'organisation'],
  ]
  for (const [what, field, kind] of searches) {
    test(`search the list for ${what}`, async () => {
      for (const fate of fates) {
        // the name of who is listed is public
        if (fate === 'listed' && field === 'name') continue
        const both = await xAndY(site, slug, fate, { kind })
        const ask = (answers: Answers) => listFor({ q: answers[field] ?? '' })
        await assertSameAnswer(both, ask, fate)
      }
    })
  }

  for (const format of ['.csv', '.json']) {
    test(`search the list as ${format}, and read all of it`, async () => {
      const { x, y } = await xAndY(site, slug, 'withheld')
      const ask = ({ name = '' }: Answers) => listFor({ q: name }, format)
      await assertSameAnswer({ x, y }, ask)
      assert.doesNotMatch(await (await listFor({}, format)).text(), new RegExp(x['name'] ?? '-'))
    })
  }

  test('filter by a country that only X comes from', async () => {
    await xAndY(site, slug, 'withheld', { country: 'IS' })
    const countries = { x: { email: 'country=IS' }, y: { email: 'country=MT' } }
    for (const format of ['', '.csv', '.json']) {
      const ask = ({ email = '' }: Answers) => get(`${at}/signatories${format}?${email}`)
      await assertSameAnswer(countries, ask, format)
    }
    const page = await (await listFor({})).text()
    assert.doesNotMatch(page, /value="IS"|Iceland/)
  })

  test('compare the counts before and after signing again', async () => {
    const { x, y } = await xAndY(site, slug, 'confidential')
    const before = await countsNow()
    for (const somebody of [x, y]) {
      await sign(site, slug, somebody)
      await site.deliverMail()
      assert.equal(await countsNow(), before)
    }
  })

  test('listen to the live counts meanwhile', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    const listener = await listen(`${site.address}${at}/live`)
    const { data } = await listener.heard(1)
    assert.deepEqual(Object.keys(data).toSorted(), countFields)
    for (const somebody of [x, y]) {
      await sign(site, slug, somebody)
      await site.deliverMail()
      site.clock.advance({ minutes: 1 })
      await site.ctx.liveCounts.tick()
    }
    assert.equal(listener.events.length, 1)
    listener.close()
  })

  test('watch whether any page is another one after signing again', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    const paths = languages.flatMap(({ code }) =>
      [
        '',
        '/signatories',
        '/signatories.json',
        '/count.json',
        '/countries',
        '/countries.json',
        '/endorse?as=individual',
      ].map((page) => `/${code}${at}${page}`),
    )
    const read = () =>
      Promise.all(
        paths.map(async (path) => {
          const head = await get(path, { method: 'HEAD' })
          const page = await get(path)
          return [head.headers.get('content-length'), page.headers.get('etag'), await page.text()]
        }),
      )
    // afterwards pages come from memory, where HEAD tells the length of what is compressed
    await read()
    const before = await read()
    for (const somebody of [x, y]) {
      await sign(site, slug, somebody)
      await site.deliverMail()
      assert.deepEqual(await read(), before)
    }
  })

  test('measure how long a guessed link takes', async () => {
    const { own } = await xAndY(site, slug, 'withheld')
    await assertAlike({
      near: () => get(guessed(own ?? '')),
      stranger: () => get(random(own ?? '')),
      otherStranger: () => get('/endorsement/nonsense'),
    })
  })

  const askToSignIn = ({ email = '' }: Answers) =>
    post(site, '/desk/sign-in', { email }, { origin: site.address })

  test('sign in at the desk as X, who signed or even coordinates', async () => {
    for (const fate of fates) {
      await assertSameAnswer(await xAndY(site, slug, fate), askToSignIn, fate)
    }
    await addPerson(site, 'coordinator', 'xilda@network.example')
    const both = { x: { email: 'xilda@network.example' }, y: { email: 'yelva@network.example' } }
    await assertSameAnswer(both, askToSignIn, 'coordinator')
  })

  test('measure how long asking for a link to the desk takes', async () => {
    await addPerson(site, 'coordinator', 'xenia@network.example')
    const { x } = await xAndY(site, slug, 'withheld')
    const asked = {
      coordinator: () => askToSignIn({ email: 'xenia@network.example' }),
      endorser: () => askToSignIn(x),
      stranger: () => askToSignIn({ email: 'nobody@network.example' }),
      otherStranger: () => askToSignIn({ email: 'no-one@network.example' }),
    }
    await assertAlike(asked, { least: 5, share: 1 })
  })

  test('provoke an error', async () => {
    const both = await xAndY(site, slug, 'withheld')
    const accept = 'application/json'
    const errors: ((query: string) => Promise<Response>)[] = [
      (query) => get(`${at}/nowhere?${query}`),
      (query) => get(`/statements/nowhere?${query}`, { headers: { accept } }),
      (query) => get(`${at}/%E0%A4%A?${query}`),
      (query) => post(site, `${at}/endorse`, { name: `${query}${'x'.repeat(70_000)}` }),
    ]
    for (const [n, provoke] of errors.entries()) {
      await assertSameAnswer(
        both,
        async ({ email = '', name = '' }) => {
          const response = await provoke(new URLSearchParams({ email, name }).toString())
          assert.ok(response.status >= 400 && response.status < 500, `${n}: ${response.status}`)
          return response
        },
        String(n),
      )
    }
  })

  test('read the log', async () => {
    const { x, y } = await xAndY(site, slug, 'confidential', { kind: 'individual' })
    const linesOf = async (answers: Answers) => {
      const from = site.log.length
      await sign(site, slug, answers)
      await post(site, '/find-my-endorsement', { email: answers['email'] ?? '' })
      // what they are written afterwards is theirs to read: it says more to a mailbox that is known
      return site.log.slice(from).map(withoutTime)
    }
    assert.deepEqual(await linesOf(x), await linesOf(y))
    await site.deliverMail()
    assert.doesNotMatch(site.log.join('\n'), /xilda|yelva/i)
  })

  test('read what the commands bring to light', async () => {
    const { x, y } = await xAndY(site, slug, 'withheld')
    const env = { DATABASE_URL: site.database.url, SECRET_KEY: testSecret, LOG_LEVEL: 'silent' }
    const shell = openShell(env)
    for (const format of ['csv', 'json']) {
      const { code, stdout } = await shell.run('endorsements', 'export', slug, '--format', format)
      assert.equal(code, 0)
      assert.doesNotMatch(stdout, new RegExp(`${x['name']}|${x['contact_name']}|@gmail`))
    }
    const seized = async ({ email, name, contact_name: contact }: Answers) => {
      const file = join(shell.cwd, 'look-for.txt')
      writeFileSync(file, [email, name, contact].join('\n'))
      return shell.run('doctor', '--seizure', '--look-for', file)
    }
    assert.deepEqual(await seized(x), await seized(y))
  })
})
