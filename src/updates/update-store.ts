// The only SQL about updates and their texts.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Mails, Update, UpdateText } from './update.ts'
import type { UpdateState, UpdateTables } from './tables.ts'

type Row = Selectable<UpdateTables['updates']>

export async function insertUpdate(
  db: Db,
  row: { id: string; statementId: string; createdAt: string },
): Promise<void> {
  await db
    .insertInto('updates')
    .values({
      id: row.id,
      statement_id: row.statementId,
      state: 'draft',
      created_at: row.createdAt,
      mails_sent: 0,
      mails_failed: 0,
      mails_dropped: 0,
    })
    .execute()
}

export async function findUpdate(db: Db, id: string): Promise<Update | null> {
  const row = await db.selectFrom('updates').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const [update] = await withTexts(db, [row])
  return update ?? null
}

/** Drafts first, then the newest. */
export async function listUpdates(db: Db, statementId: string): Promise<Update[]> {
  const rows = await db
    .selectFrom('updates')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy((eb) => eb.fn.coalesce('sent_at', eb.val('9999')), 'desc')
    .orderBy('created_at', 'desc')
    .execute()
  return withTexts(db, rows)
}

/** Those that everyone may read, the newest first. */
export async function listPublicUpdates(
  db: Db,
  statementId: string,
  page: { limit: number; offset: number },
): Promise<{ updates: Update[]; total: number }> {
  const found = db
    .selectFrom('updates')
    .where('statement_id', '=', statementId)
    .where('sent_at', 'is not', null)
    .where('state', '<>', 'cancelled')
  const { total } = await found
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await found
    .selectAll()
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return { updates: await withTexts(db, rows), total: Number(total) }
}

export async function listSending(db: Db): Promise<Update[]> {
  const rows = await db
    .selectFrom('updates')
    .selectAll()
    .where('state', '=', 'sending')
    .orderBy('sent_at')
    .execute()
  return withTexts(db, rows)
}

async function withTexts(db: Db, rows: Row[]): Promise<Update[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const texts = await db
    .selectFrom('update_texts')
    .selectAll()
    .where('update_id', 'in', ids)
    .orderBy('language')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    statementId: row.statement_id,
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    mails: { sent: row.mails_sent, failed: row.mails_failed, dropped: row.mails_dropped },
    texts: texts
      .filter((text) => text.update_id === row.id)
      .map(({ language, title, body, revision }) => ({ language, title, body, revision })),
  }))
}

/** Only from the state that was read; false: somebody was faster. Nobody else changes it meanwhile. */
export async function changeState(
  db: Db,
  id: string,
  change: { from: UpdateState; to: UpdateState; sentAt?: string; mails?: Mails },
): Promise<boolean> {
  const { from, to, sentAt, mails } = change
  const result = await db
    .updateTable('updates')
    .set({
      state: to,
      ...(sentAt === undefined ? {} : { sent_at: sentAt }),
      ...(mails === undefined
        ? {}
        : { mails_sent: mails.sent, mails_failed: mails.failed, mails_dropped: mails.dropped }),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deleteDraft(db: Db, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('updates')
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Only while it is as it was read; `revision` 0 for one that was not there. */
export async function writeText(db: Db, updateId: string, text: UpdateText): Promise<boolean> {
  const { language, title, body, revision } = text
  const result = await db
    .insertInto('update_texts')
    .values({ update_id: updateId, language, title, body, revision: revision + 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['update_id', 'language'])
        .doUpdateSet({ title, body, revision: revision + 1 })
        .where('update_texts.revision', '=', revision),
    )
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}
