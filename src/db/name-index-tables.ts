// The index for parts of names (signatories/name-index-store.ts) has tables of its own in SQLite, which hold
// nothing that is not in the list: they are neither copied nor told of.
import { sql } from 'kysely'
import { isSqlite } from './is-sqlite.ts'
import type { Db } from './schema.ts'

export const nameIndex = 'listed_names'

export const isOfNameIndex = (table: string) =>
  table === nameIndex || table.startsWith(`${nameIndex}_`)

/** When many leave the list at once, this is faster than taking them out; it is made anew later. */
export async function dropNameIndex(tx: Db): Promise<void> {
  if (!isSqlite(tx)) return
  for (const when of ['left', 'changed', 'came']) {
    await sql`drop trigger if exists ${sql.table(`${nameIndex}_${when}`)}`.execute(tx)
  }
  for (const table of [`${nameIndex}_parts`, nameIndex, `${nameIndex}_mark`]) {
    await sql`drop table if exists ${sql.table(table)}`.execute(tx)
  }
}
