// The tables in the order in which they can be filled: what others point to comes first.
import { sql } from 'kysely'
import { isOfNameIndex } from './name-index-tables.ts'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

export interface PlannedTable {
  name: string
  columns: string[]
  /** the columns of the primary key: the order in which the table is read */
  key: string[]
}

interface Edge {
  child: string
  parent: string
}

export async function planTables(db: Db, kind: DatabaseKind): Promise<PlannedTable[]> {
  const all = await db.introspection.getTables()
  const tables = all.filter(({ name }) => !isOfNameIndex(name))
  const keys = await keysOf(db, kind)
  const planned = tables
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name).sort(),
      key: keys.filter(({ table }) => table === name).map(({ column }) => column),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return parentsFirst(planned, await edgesOf(db, kind))
}

function parentsFirst(tables: PlannedTable[], edges: Edge[]): PlannedTable[] {
  const ordered: PlannedTable[] = []
  const done = new Set<string>()
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name }) =>
        !done.has(name) &&
        edges.every(({ child, parent }) => child !== name || parent === name || done.has(parent)),
    )
    if (ready.length === 0) throw new Error('The tables point to each other in a circle')
    ordered.push(...ready)
    for (const { name } of ready) done.add(name)
  }
  return ordered
}

interface KeyColumn {
  table: string
  column: string
}

/** The primary keys, each in its order. */
async function keysOf(db: Db, kind: DatabaseKind): Promise<KeyColumn[]> {
  const { rows } = await (
    kind === 'sqlite'
      ? sql<KeyColumn>`
          select m.name as "table", c.name as "column"
          from sqlite_master m, pragma_table_info(m.name) c
          where m.type = 'table' and c.pk > 0 order by m.name, c.pk`
      : sql<KeyColumn>`
          select k.table_name as "table", k.column_name as "column"
          from information_schema.table_constraints t
          join information_schema.key_column_usage k
            on k.constraint_name = t.constraint_name and k.table_schema = t.table_schema
            and k.table_name = t.table_name
          where t.constraint_type = 'PRIMARY KEY' and t.table_schema = current_schema()
          order by k.table_name, k.ordinal_position`
  ).execute(db)
  return rows
}

async function edgesOf(db: Db, kind: DatabaseKind): Promise<Edge[]> {
  const { rows } = await (
    kind === 'sqlite'
      ? sql<Edge>`
          select m.name as child, f."table" as parent
          from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`
      : sql<Edge>`
          select c.relname as child, p.relname as parent from pg_constraint k
          join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
          join pg_namespace n on n.oid = c.relnamespace
          where k.contype = 'f' and n.nspname = current_schema()`
  ).execute(db)
  return rows
}
