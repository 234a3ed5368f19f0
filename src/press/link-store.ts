// The only SQL about links for journalists.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { PressTables } from './tables.ts'

type LinkRow = Selectable<PressTables['press_links']>

export async function writeLink(db: Db, row: LinkRow): Promise<void> {
  await db.insertInto('press_links').values(row).execute()
}

/** Those that are not revoked, newest first. */
export async function listLinks(db: Db, statementId: string): Promise<LinkRow[]> {
  return db
    .selectFrom('press_links')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

export async function findLink(db: Db, hash: string): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('press_links')
    .selectAll()
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
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
    .updateTable('press_links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
