// Copies a whole database, from SQLite to PostgreSQL, back, or to another of the same kind: table by
// table, checked at the end, and resumed where it was when it was interrupted.
import { sql } from 'kysely'
import { type CopyMark, dropMark, makeMark, moveMark, readMark } from './copy-mark.ts'
import { appliedMigrations, madeAt, migrate, refuseUnusable } from './migrate.ts'
import { dropNameIndex } from './name-index-tables.ts'
import type { DatabaseKind } from './open.ts'
import { inSnapshot } from './snapshot.ts'
import type { Db } from './schema.ts'
import { isSame, sumOf } from './table-sums.ts'
import { type PlannedTable, planTables } from './table-plan.ts'
import { type Cell, keyOf, type Row, walkTable } from './walk-table.ts'

export interface Side {
  db: Db
  kind: DatabaseKind
}

/** Told after every piece. */
export type CopyProgress = (doing: 'copied' | 'checked', table: string, rows: number) => void

/** What the one who copies can mend; the message says how. */
export class CopyRefused extends Error {}

/** @returns how many rows were copied and found the same */
export async function copyDatabase(
  from: Side,
  to: Side,
  { force, progress }: { force: boolean; progress: CopyProgress },
): Promise<number> {
  return inSnapshot(from.db, async (source) => {
    await refuseUnusable(source, from.kind)
    const tables = await planTables(source, from.kind)
    const mark = await beginOrGoOn(source, to, tables, force)
    await fill(source, to.db, tables, mark, progress)
    const rows = await compare(source, to.db, tables, progress)
    // PostgreSQL knows nothing of tables that were just filled, and would read all of them for a page
    if (to.kind === 'postgres') await sql`analyze`.execute(to.db)
    await dropMark(to.db)
    return rows
  })
}

async function beginOrGoOn(
  source: Db,
  to: Side,
  tables: PlannedTable[],
  force: boolean,
): Promise<CopyMark> {
  const name = await madeAt(source)
  const [first] = tables
  if (name === null || first === undefined) {
    throw new CopyRefused('There is nothing to copy: no site was ever there.')
  }
  const begun = await readMark(to.db)
  if (begun?.source === name && !force) return begun
  if (begun !== null && !force) {
    throw new CopyRefused('A copy of another database was begun there. --force begins anew.')
  }
  await prepare(source, to, force)
  const mark = { source: name, table: first.name, after: null }
  await emptyInto(to.db, tables, mark)
  return mark
}

/** Whether somebody works with it already. What the first start of a site makes does not count. */
export async function isInUse(db: Db): Promise<boolean> {
  const tables = await db.introspection.getTables()
  const telling = ['statements', 'endorsements', 'coordinators'] as const
  for (const table of telling) {
    if (!tables.some(({ name }) => name === table)) continue
    const row = await db.selectFrom(table).select('id').limit(1).executeTakeFirst()
    if (row !== undefined) return true
  }
  return false
}

/** Both must have the same tables. */
async function prepare(source: Db, to: Side, force: boolean): Promise<void> {
  if (!force && (await isInUse(to.db))) {
    throw new CopyRefused('The database to copy to is not empty. --force overwrites it.')
  }
  await dropMark(to.db)
  const applied = await appliedMigrations(source)
  await migrate(to.db, to.kind, applied.at(-1))
  const reached = await appliedMigrations(to.db)
  if (reached.length === applied.length) return
  throw new CopyRefused(
    'The database to copy from is of an older version. Run "migrate" with it first.',
  )
}

async function emptyInto(db: Db, tables: PlannedTable[], mark: CopyMark): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await dropNameIndex(tx)
    for (const { name } of tables.toReversed()) {
      await sql`delete from ${sql.table(name)}`.execute(tx)
    }
    await makeMark(tx, mark)
  })
}

async function fill(
  source: Db,
  target: Db,
  tables: PlannedTable[],
  begun: CopyMark,
  progress: CopyProgress,
): Promise<void> {
  const left = tables.slice(tables.findIndex(({ name }) => name === begun.table))
  for (const table of left) {
    let done = 0
    const after = table.name === begun.table ? begun.after : null
    for await (const rows of walkTable(source, table, after)) {
      const mark = { source: begun.source, table: table.name, after: lastKey(table, rows) }
      await target.transaction().execute(async (tx) => {
        await insertRows(tx, table, rows)
        await moveMark(tx, mark)
      })
      progress('copied', table.name, (done += rows.length))
    }
  }
}

function lastKey(table: PlannedTable, rows: Row[]): Cell[] | null {
  const end = rows.at(-1)
  return end === undefined ? null : keyOf(table, end)
}

async function insertRows(tx: Db, { name, columns }: PlannedTable, rows: Row[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`)
  await sql`
    insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}
  `.execute(tx)
}

async function compare(
  source: Db,
  target: Db,
  tables: PlannedTable[],
  progress: CopyProgress,
): Promise<number> {
  let rows = 0
  for (const table of tables) {
    const theirs = await sumOf(source, table)
    if (!isSame(theirs, await sumOf(target, table))) {
      throw new CopyRefused(
        `The table ${table.name} is not the same in both databases: something was written ` +
          'meanwhile. Stop the site and begin anew with --force.',
      )
    }
    progress('checked', table.name, theirs.rows)
    rows += theirs.rows
  }
  return rows
}
