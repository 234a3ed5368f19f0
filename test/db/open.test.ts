import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '../../src/db/open.ts'
import { queueMail } from '../../src/mail/queue.ts'
import { openSite } from '../support/site.ts'

test('SQLite waits, keeps what was committed through a power cut, and forgets what was deleted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-open-'))
  const db = await openDatabase({ kind: 'sqlite', file: join(folder, 'made', 'when-missing.db') })
  after(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true })
  })
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)
    return Object.values(rows[0] ?? {})[0]
  }
  const found: Record<string, unknown> = {}
  for (const name of [
    'journal_mode',
    'synchronous',
    'foreign_keys',
    'secure_delete',
    'busy_timeout',
  ]) {
    found[name] = await pragma(name)
  }
  assert.deepEqual(found, {
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    secure_delete: 1,
    busy_timeout: 10_000,
  })
})

test('a transaction that fails leaves nothing, neither the change nor its mail', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const { db } = site.ctx
  const failing = db.transaction().execute(async (tx) => {
    await tx.updateTable('statements').set({ state: 'closed' }).execute()
    await queueMail(tx, site.ctx, {
      kind: 'find',
      recipient: 'a@b.example',
      language: 'en',
      statementId: null,
      endorsementId: null,
    })
    throw new Error('something went wrong')
  })
  await assert.rejects(failing, /something went wrong/)
  const statement = await db.selectFrom('statements').select(['slug', 'state']).execute()
  assert.deepEqual(statement, [{ slug, state: 'draft' }])
  assert.deepEqual(await db.selectFrom('outbox').selectAll().execute(), [])
})

test('a row that points to nothing is refused', async () => {
  const site = await openSite()
  const orphan = { statement_id: 'nothing', topic: 'nothing', position: 0 }
  await assert.rejects(
    site.ctx.db.insertInto('statement_topics').values(orphan).execute(),
    /foreign key/i,
  )
})
