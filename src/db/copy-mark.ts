// How far a copy into this database has come. While the mark is there, the database is not whole and
// the site does not start on it.
import { sql } from 'kysely'
import type { Db } from './schema.ts'
import type { Cell } from './walk-table.ts'

export const markTable = 'copy_under_way'

export interface CopyMark {
  /** which database is copied: when it was made */
  source: string
  /** the table that is being filled, and the key of its last row; those before it are complete */
  table: string
  after: Cell[] | null
}

export class HalfCopied extends Error {
  constructor() {
    super(
      'A copy into this database was begun and not finished. ' +
        'Run the same "copy-database" or "restore" again: it goes on where it was.',
    )
  }
}

export async function readMark(db: Db): Promise<CopyMark | null> {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === markTable)) return null
  const { rows } = await sql<{ mark: string }>`
    select mark from ${sql.table(markTable)}
  `.execute(db)
  return rows[0] === undefined ? null : (JSON.parse(rows[0].mark) as CopyMark)
}

export async function makeMark(tx: Db, mark: CopyMark): Promise<void> {
  await dropMark(tx)
  await tx.schema.createTable(markTable).addColumn('mark', 'text').execute()
  await sql`insert into ${sql.table(markTable)} (mark) values (${JSON.stringify(mark)})`.execute(tx)
}

export async function moveMark(tx: Db, mark: CopyMark): Promise<void> {
  await sql`update ${sql.table(markTable)} set mark = ${JSON.stringify(mark)}`.execute(tx)
}

export async function dropMark(tx: Db): Promise<void> {
  await tx.schema.dropTable(markTable).ifExists().execute()
}
