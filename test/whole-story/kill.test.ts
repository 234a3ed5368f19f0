import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { readConfig } from '../../src/config.ts'
import { openContext } from '../../src/context.ts'
import { openDatabase } from '../../src/db/open.ts'
import { addressHashOf } from '../../src/endorsements/capacity.ts'
import { startSite } from '../../src/main.ts'
import { openVault } from '../../src/privacy/open-vault.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { TestClock } from '../support/clock.ts'
import { isPostgres } from '../support/databases.ts'
import { somebody } from '../support/people.ts'
import { openServed } from '../support/served.ts'
import { testSecret } from '../support/site.ts'

// every step is the same on both databases; starting on PostgreSQL takes longer
const kills = isPostgres ? 8 : 20
const atOnce = 6

/** Signs, one after the other, until the site is gone; tells which were answered with 303. */
async function signUntilItEnds(address: string, answered: string[]): Promise<void> {
  for (;;) {
    const answers = somebody({ checked: 'yes' })
    try {
      const response = await fetch(`${address}/statements/a-letter/endorse`, {
        method: 'POST',
        body: new URLSearchParams(answers),
        redirect: 'manual',
      })
      assert.equal(response.status, 303)
      answered.push(answers['email'] ?? '')
    } catch (fault) {
      if (fault instanceof TypeError) return
      throw fault
    }
  }
}

async function addressHashesIn(url: string): Promise<Set<string>> {
  const db = await openDatabase(readConfig({ DATABASE_URL: url }).database)
  after(() => db.destroy())
  const rows = await db.selectFrom('endorsements').select('address_hash').execute()
  return new Set(rows.map((row) => row.address_hash))
}

async function hashesOf(url: string, addresses: string[]): Promise<string[]> {
  const db = await openDatabase(readConfig({ DATABASE_URL: url }).database)
  after(() => db.destroy())
  const { id } = await db.selectFrom('statements').select('id').executeTakeFirstOrThrow()
  const opened = await openVault(db, testSecret)
  await opened.close()
  return addresses.map((address) => {
    const parsed = parseEmailAddress(address)
    assert.ok(parsed.ok)
    return addressHashOf(opened.vault, id, parsed.value.canonical)
  })
}

test(`kill -9 at ${kills} random moments under load loses no sign-on and no mail`, async () => {
  const { serve, inbox, database } = await openServed({ LIMITS: 'off' })
  const answered: string[] = []
  // a machine that is busy with other things is given more time to answer
  const isEnough = () => answered.length > kills
  for (let kill = 0; kill < kills || (!isEnough() && kill < 5 * kills); kill += 1) {
    const { address, running } = await serve()
    const load = Array.from({ length: atOnce }, () => signUntilItEnds(address, answered))
    // the moment is the point here: anywhere between the first request and the hundredth
    await pause(30 + Math.random() * 500)
    await running.stop('SIGKILL')
    await Promise.all(load)
  }
  assert.ok(isEnough(), `only ${answered.length} were answered`)

  const kept = await addressHashesIn(database.url)
  const missing = (await hashesOf(database.url, answered)).filter((hash) => !kept.has(hash))
  assert.deepEqual(missing, [], 'answered with 303 and not in the database')

  // what a killed worker had claimed falls due when its lease of 30 s is over
  const clock = new TestClock(new Date(Date.now() + 60_000).toISOString())
  const config = readConfig({
    DATABASE_URL: database.url,
    SECRET_KEY: testSecret,
    SMTP_URL: inbox.url,
    PORT: '0',
    LIMITS: 'off',
  })
  const ctx = await openContext(config, { clock, log: pino({ level: 'error' }) })
  const { worker, ...site } = await startSite(ctx, { background: false })
  after(() => site.stop())
  while ((await worker.deliverDue()) > 0);
  const reached = new Set(inbox.mails.flatMap((mail) => mail.recipients))
  const without = answered.filter((address) => !reached.has(address))
  assert.deepEqual(without, [], 'answered with 303 and without a mail')
})
