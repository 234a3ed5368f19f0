// What `undersigned audit verify` finds: every way in which somebody could touch the log by hand.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AuditRow } from '../../src/audit/audit-store.ts'
import { record, verifyLog } from '../../src/audit/audit.ts'
import { openShell } from '../support/command.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'

const entry = { actor: 'test', action: 'paused', subject: 'site' } as const

async function openLog(entries = 5) {
  const site = await openSite()
  for (let n = 1; n <= entries; n += 1) {
    site.clock.advance({ minutes: 1 })
    await write(site, n)
  }
  return site
}

function write({ ctx }: TestSite, n: number): Promise<void> {
  return ctx.db
    .transaction()
    .execute((tx) => record(tx, ctx, { ...entry, detail: { what: 'mail', n } }))
}

const rows = ({ ctx }: TestSite) =>
  ctx.db.selectFrom('audit_log').selectAll().orderBy('seq').execute()

async function rewrite({ ctx }: TestSite, log: AuditRow[]): Promise<void> {
  await ctx.db.deleteFrom('audit_log').execute()
  if (log.length > 0) await ctx.db.insertInto('audit_log').values(log).execute()
}

/** What a hand without the program's knowledge does to the five entries, and what is told. */
const hands: [what: string, change: (log: AuditRow[]) => AuditRow[], told: string][] = [
  [
    'an entry that was changed',
    (log) => log.map((row) => (row.seq === 3 ? { ...row, actor: 'somebody else' } : row)),
    'entry 3 was changed',
  ],
  [
    'a detail that was changed',
    (log) => log.map((row) => (row.seq === 2 ? { ...row, detail: '{}' } : row)),
    'entry 2 was changed',
  ],
  [
    'the last entry, changed',
    (log) => log.map((row) => (row.seq === 5 ? { ...row, at: '2026-01-01T00:00:00.000Z' } : row)),
    'entry 5 was changed',
  ],
  ['an entry that was removed', (log) => log.filter(({ seq }) => seq !== 3), 'entry 3 is missing'],
  [
    'a removed entry whose gap was closed',
    (log) => log.filter(({ seq }) => seq !== 3).map((row, at) => ({ ...row, seq: at + 1 })),
    'entry 3 was changed',
  ],
  ['the first entry, removed', (log) => log.slice(1), 'entry 1 is missing'],
  ['the last entry, removed', (log) => log.slice(0, -1), 'entry 5 is missing at the end'],
  ['all entries, removed', () => [], 'entry 1 is missing at the end'],
  [
    'two entries that changed places',
    (log) => log.map((row) => ({ ...row, seq: { 2: 3, 3: 2 }[row.seq] ?? row.seq })),
    'entry 2 was changed',
  ],
  [
    'an entry that was put in between',
    (log) =>
      log
        .flatMap((row) => (row.seq < 3 ? [row] : [{ ...row, seq: row.seq + 1 }]))
        .concat(log.filter(({ seq }) => seq === 1).map((row) => ({ ...row, seq: 3 }))),
    'entry 3 was changed',
  ],
  [
    'an entry that was put in before the first',
    (log) => [...log, ...log.slice(0, 1).map((row) => ({ ...row, seq: 0 }))],
    'entry 0 was put in',
  ],
  [
    'an entry of another log, with a fitting hash of its own',
    (log) => log.map((row) => (row.seq === 4 ? { ...(log[0] as AuditRow), seq: 4 } : row)),
    'entry 4 was changed',
  ],
]

describe('verifying the audit log finds', () => {
  for (const [what, change, told] of hands) {
    test(what, async () => {
      const site = await openLog()
      await rewrite(site, change(await rows(site)))
      const verified = await verifyLog(site.ctx.db)
      assert.equal(verified.ok ? 'whole' : `entry ${verified.seq} ${verified.fault}`, told)
    })
  }

  test('an entry that was written at the end past the program', async () => {
    const site = await openLog()
    const head = await site.ctx.db
      .selectFrom('installation')
      .selectAll()
      .where('name', '=', 'audit head')
      .executeTakeFirstOrThrow()
    await write(site, 6)
    await site.ctx.db
      .updateTable('installation')
      .set({ value: head.value })
      .where('name', '=', 'audit head')
      .execute()
    const verified = await verifyLog(site.ctx.db)
    assert.deepEqual(verified, { ok: false, seq: 6, fault: 'was added at the end' })
  })

  test('a last entry that was written anew with a fitting hash', async () => {
    const site = await openLog(1)
    const other = await openLog(0)
    await write(other, 99)
    await rewrite(site, await rows(other))
    const verified = await verifyLog(site.ctx.db)
    assert.equal(verified.ok ? 'whole' : verified.fault, 'was changed, or one before it')
  })
})

describe('an untouched audit log is whole', () => {
  test('when it is empty, and when it is longer than what is read at once', async () => {
    const site = await openLog(0)
    assert.deepEqual(await verifyLog(site.ctx.db), { ok: true, entries: 0 })
    await site.ctx.db.transaction().execute(async (tx) => {
      for (let n = 1; n <= 1001; n += 1) await record(tx, site.ctx, { ...entry, detail: { n } })
    })
    assert.deepEqual(await verifyLog(site.ctx.db), { ok: true, entries: 1001 })
  })

  test('while the site writes to it', async () => {
    const site = await openLog(0)
    const writing = Array.from({ length: 40 }, (_, n) => write(site, n))
    const verifying = Array.from({ length: 40 }, () => verifyLog(site.ctx.db))
    for (const verified of await Promise.all(verifying)) assert.equal(verified.ok, true)
    await Promise.all(writing)
    assert.deepEqual(await verifyLog(site.ctx.db), { ok: true, entries: 40 })
  })
})

test('the command says that all is well, or which entry is not, in one sentence', async () => {
  const site = await openLog()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  assert.deepEqual(await shell.run('audit', 'verify'), {
    code: 0,
    stdout: 'The audit log is whole: 5 entries.\n',
    stderr: '',
  })
  const list = await shell.run('audit', 'list')
  assert.deepEqual([list.code, list.stderr], [0, ''])
  const lines = list.stdout.trimEnd().split('\n')
  assert.equal(lines.length, 5)
  assert.match(
    lines[2] ?? '',
    /^3\t2026-11-21T12:03:00\.000Z\ttest\tpaused\tsite\t\{"what":"mail","n":3\}$/,
  )
  await rewrite(site, (await rows(site)).slice(0, -1))
  assert.deepEqual(await shell.run('audit', 'verify'), {
    code: 1,
    stdout: '',
    stderr: 'The audit log is broken: entry 5 is missing at the end.\n',
  })
})
