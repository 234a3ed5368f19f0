// The only SQL about sign-in links and sessions. Tokens are never here, only their hashes.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { CoordinatorTables } from './tables.ts'

export type SessionRow = Selectable<CoordinatorTables['desk_sessions']>

export async function writeSignInLink(
  db: Db,
  link: Insertable<CoordinatorTables['sign_in_links']>,
): Promise<void> {
  await db
    .insertInto('sign_in_links')
    .values(link)
    // the same mail, sent again
    .onConflict((conflict) =>
      conflict
        .column('hash')
        .doUpdateSet({ expires_at: link.expires_at })
        .where('sign_in_links.used', '=', 0),
    )
    .execute()
}

export async function isLinkLive(db: Db, hash: string, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_links')
    .select('hash')
    .where('hash', '=', hash)
    .where('used', '=', 0)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

/** Of two at the same time one gets it. @returns whose link it was */
export async function useSignInLink(db: Db, hash: string, now: string): Promise<string | null> {
  const row = await db
    .updateTable('sign_in_links')
    .set({ used: 1 })
    .where('hash', '=', hash)
    .where('used', '=', 0)
    .where('expires_at', '>', now)
    .returning('coordinator_id')
    .executeTakeFirst()
  return row?.coordinator_id ?? null
}

export async function countLiveLinks(db: Db, coordinatorId: string, now: string): Promise<number> {
  const rows = await db
    .selectFrom('sign_in_links')
    .select('hash')
    .where('coordinator_id', '=', coordinatorId)
    .where('used', '=', 0)
    .where('expires_at', '>', now)
    .execute()
  return rows.length
}

export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await db.insertInto('desk_sessions').values(row).execute()
}

export async function findSession(db: Db, tokenHash: string): Promise<SessionRow | null> {
  const row = await db
    .selectFrom('desk_sessions')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}

export async function listSessions(db: Db, coordinatorId: string): Promise<SessionRow[]> {
  return db
    .selectFrom('desk_sessions')
    .selectAll()
    .where('coordinator_id', '=', coordinatorId)
    .orderBy('seen_at', 'desc')
    .execute()
}

export async function noteSeen(db: Db, id: string, seenAt: string): Promise<void> {
  await db.updateTable('desk_sessions').set({ seen_at: seenAt }).where('id', '=', id).execute()
}

/** Shown once more: wrong codes before it are forgiven. */
export async function noteFactor(db: Db, id: string, factorAt: string): Promise<void> {
  await db
    .updateTable('desk_sessions')
    .set({ factor_at: factorAt, wrong_codes: 0 })
    .where('id', '=', id)
    .execute()
}

/**
 * Counts a code as wrong before it is looked at: of many at the same time, no more than that many are.
 * @returns how many wrong ones there would be; null when the session is over
 */
export async function noteWrongCode(db: Db, id: string, most: number): Promise<number | null> {
  const row = await db
    .updateTable('desk_sessions')
    .set((eb) => ({ wrong_codes: eb('wrong_codes', '+', 1) }))
    .where('id', '=', id)
    .where('wrong_codes', '<', most)
    .returning('wrong_codes')
    .executeTakeFirst()
  return row?.wrong_codes ?? null
}

export async function deleteSession(db: Db, coordinatorId: string, id: string): Promise<void> {
  await db
    .deleteFrom('desk_sessions')
    .where('coordinator_id', '=', coordinatorId)
    .where('id', '=', id)
    .execute()
}

export async function deleteOtherSessions(
  db: Db,
  coordinatorId: string,
  exceptId: string,
): Promise<void> {
  await db
    .deleteFrom('desk_sessions')
    .where('coordinator_id', '=', coordinatorId)
    .where('id', '<>', exceptId)
    .execute()
}

/** Sessions and links that nobody can use any more. */
export async function deleteStale(
  db: Db,
  { now, seenBefore, madeBefore }: { now: string; seenBefore: string; madeBefore: string },
): Promise<number> {
  const sessions = await db
    .deleteFrom('desk_sessions')
    .where((eb) => eb.or([eb('seen_at', '<', seenBefore), eb('created_at', '<', madeBefore)]))
    .executeTakeFirst()
  const links = await db
    .deleteFrom('sign_in_links')
    .where('expires_at', '<', now)
    .executeTakeFirst()
  return Number(sessions.numDeletedRows + links.numDeletedRows)
}
