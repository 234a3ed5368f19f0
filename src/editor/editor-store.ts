// The only SQL about texts in the making and links to a preview.
import type { Db } from '../db/schema.ts'
import type { EditorTables } from './tables.ts'

export type WorkingRow = EditorTables['working_texts']
export type LinkRow = EditorTables['preview_links']

export async function listWorking(db: Db, statementId: string): Promise<WorkingRow[]> {
  return db
    .selectFrom('working_texts')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('language')
    .execute()
}

export async function writeWorking(db: Db, row: WorkingRow): Promise<void> {
  const { statement_id: _, language: __, ...columns } = row
  await db
    .insertInto('working_texts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['statement_id', 'language']).doUpdateSet(columns))
    .execute()
}

export async function dropWorking(db: Db, statementId: string, language: string): Promise<void> {
  await db
    .deleteFrom('working_texts')
    .where('statement_id', '=', statementId)
    .where('language', '=', language)
    .execute()
}

export async function writeLink(db: Db, row: LinkRow): Promise<void> {
  await db.insertInto('preview_links').values(row).execute()
}

/** Those that still open something, newest first. */
export async function listLinks(db: Db, statementId: string, now: string): Promise<LinkRow[]> {
  return db
    .selectFrom('preview_links')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute()
}

export async function findLink(db: Db, hash: string, now: string): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('preview_links')
    .selectAll()
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ?? null
}

/** @returns whether it still worked */
export async function revokeLink(
  db: Db,
  statementId: string,
  id: string,
  now: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('preview_links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
