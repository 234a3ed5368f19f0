// The only SQL about whom the press may ask.
import type { Db } from '../db/schema.ts'
import type { Contact } from './contact.ts'

export async function findContact(db: Db, statementId: string): Promise<Contact | null> {
  const row = await db
    .selectFrom('press_contacts')
    .select(['name', 'email', 'phone', 'revision'])
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row ?? null
}

/** Only on what was read: at revision 0 there was none. @returns whether it was written */
export async function writeContact(
  db: Db,
  statementId: string,
  { revision, ...columns }: Contact,
): Promise<boolean> {
  const written = await db
    .insertInto('press_contacts')
    .values({ statement_id: statementId, ...columns, revision: revision + 1 })
    .onConflict((conflict) =>
      conflict
        .column('statement_id')
        .doUpdateSet({ ...columns, revision: revision + 1 })
        .where('press_contacts.revision', '=', revision),
    )
    .executeTakeFirst()
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n
}
