// The whole way as an operator goes it: a site that serves, visitors who sign and confirm, and
// `undersigned key rotate` in another process.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openShell, type Shell } from '../support/command.ts'
import { rowsByTable } from '../support/dump.ts'
import type { Inbox } from '../support/inbox.ts'
import { somebody } from '../support/people.ts'
import { openServed, serve, type Served } from '../support/served.ts'
import { linkIn } from '../support/signing.ts'
import { testSecret } from '../support/site.ts'
import { until } from '../support/until.ts'

const perSecond = 50
/** a machine that is busy with other things is not asked for more than it can do */
const mostAtOnce = 60
type Answers = Record<string, string>

async function post(url: string, fields: Answers): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}

/** Signs at an even pace until told to stop; every third one confirms as soon as the mail is there. */
class Visitors {
  readonly signed: Answers[] = []
  /** addresses of private pages, by name */
  readonly confirmed = new Map<string, string>()
  readonly refused: string[] = []
  #isStopped = false
  readonly #address: string
  readonly #inbox: Inbox

  constructor(address: string, inbox: Inbox) {
    this.#address = address
    this.#inbox = inbox
  }

  async run(): Promise<void> {
    const visits = new Set<Promise<void>>()
    for (let n = 0; !this.#isStopped; n += 1) {
      const visit = this.#visit(n % 3 === 0).finally(() => visits.delete(visit))
      visits.add(visit)
      if (visits.size >= mostAtOnce) await Promise.race(visits)
      await pause(1000 / perSecond)
    }
    await Promise.all(visits)
  }

  stop(): void {
    this.#isStopped = true
  }

  async #visit(isConfirming: boolean): Promise<void> {
    const answers = somebody({ checked: 'yes' })
    const response = await post(`${this.#address}/statements/a-letter/endorse`, answers)
    if (response.status !== 303) this.refused.push(`sign-on: ${response.status}`)
    this.signed.push(answers)
    if (isConfirming) await this.confirm(answers)
  }

  async confirm(answers: Answers): Promise<void> {
    const mail = await this.#inbox.waitFor(answers['email'] ?? '')
    const response = await post(this.#address + linkIn(mail, 'confirm'), { decision: 'confirm' })
    if (response.status !== 303) this.refused.push(`confirmation: ${response.status}`)
    const own = new URL(response.headers.get('location') ?? '', this.#address).pathname
    this.confirmed.set(answers['name'] ?? '', own)
  }
}

/** The same settings with another secret. */
function shellWith(secret: string, { database, inbox }: Served): Shell {
  return openShell({
    DATABASE_URL: database.url,
    SECRET_KEY: secret,
    SMTP_URL: inbox.url,
    PORT: '0',
    LOG_LEVEL: 'error',
    LIMITS: 'off',
  })
}

/** Everything stored, as text; of SQLite also the bytes on the disk. */
async function stored({ database }: Served): Promise<string> {
  const db = await openDatabase(readConfig({ DATABASE_URL: database.url }).database)
  const rows = await rowsByTable({ ctx: { db } })
  await db.destroy()
  const { folder } = database
  const files = folder === null ? [] : readdirSync(folder).map((file) => join(folder, file))
  return [JSON.stringify(rows), ...files.map((file) => readFileSync(file, 'latin1'))].join('\n')
}

async function keyIdsIn(served: Served): Promise<{ sealing: string; hashing: string }> {
  const ring = /"name":"keyring","value":("(?:[^"\\]|\\.)*")/.exec(await stored(served))?.[1]
  return JSON.parse(JSON.parse(ring ?? 'null') as string) as { sealing: string; hashing: string }
}

test('the key is changed while 50 visitors a second sign: nothing is lost, the old one is not needed', async () => {
  const served = await openServed({ LIMITS: 'off' })
  const before = await keyIdsIn(served)
  const { address, running } = await served.serve()
  const visitors = new Visitors(address, served.inbox)
  after(() => visitors.stop())
  const visits = visitors.run()
  await until('visitors have confirmed', () => visitors.confirmed.size > 20)

  const file = join(served.shell.cwd, 'new.key')
  const rotated = await served.shell.run('key', 'rotate', '--new-key-file', file)
  assert.equal(rotated.code, 0, rotated.stderr)
  assert.match(rotated.stdout, /Done: \d+ rows are sealed with the new key/)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  // the site that runs goes on, with the old key in its settings
  const known = visitors.confirmed.size
  await until('visitors go on', () => visitors.confirmed.size > known + 10)
  visitors.stop()
  await visits
  assert.ok(visitors.signed.length > 200, `only ${visitors.signed.length} signed`)

  const early = visitors.signed.find(({ name }) => !visitors.confirmed.has(name ?? ''))
  await visitors.confirm(early ?? assert.fail('somebody has not confirmed'))
  assert.deepEqual(visitors.refused, [])
  const counts = (await (await fetch(`${address}/statements/a-letter/count.json`)).json()) as object
  assert.equal((counts as { total: number }).total, visitors.confirmed.size)
  const { stdout } = await running.stop()
  assert.doesNotMatch(stdout, /"level":50/, 'the site logged an error')

  const refused = await served.shell.run('serve')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^SECRET_KEY is not the key this database was made with/)
  await checkWithNewKey(served, visitors, readFileSync(file, 'utf8').trim())

  const loot = await stored(served)
  assert.ok(loot.includes(before.hashing), 'it was searched')
  assert.equal(loot.includes(before.sealing), false, 'the old key is named somewhere')
})

/** Every private page opens and names its endorser; those who did not confirm yet still can. */
async function checkWithNewKey(served: Served, visitors: Visitors, secret: string): Promise<void> {
  assert.notEqual(secret, testSecret)
  const { address, running } = await serve(shellWith(secret, served))
  for (const [name, own] of visitors.confirmed) {
    const page = await fetch(address + own)
    assert.equal(page.status, 200)
    assert.ok((await page.text()).includes(name), name)
  }
  const pending = visitors.signed.filter(({ name }) => !visitors.confirmed.has(name ?? ''))
  assert.ok(pending.length > 50)
  for (const answers of pending) {
    const mail = await served.inbox.waitFor(answers['email'] ?? '')
    const page = await fetch(address + linkIn(mail, 'confirm'))
    assert.ok((await page.text()).includes(answers['name'] ?? ''), answers['name'])
  }
  await running.stop()
}
