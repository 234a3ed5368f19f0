// The one query of a tick: of all watched statements what decides about them, and their counts.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { StatementTables } from '../statements/tables.ts'
import type { CountedCell } from './counts.ts'

/** Everything that live counts depend on. */
export interface Watchable extends Pick<
  Statement,
  'state' | 'opensAt' | 'closesAt' | 'embargoUntil' | 'discreet' | 'createdAt'
> {
  cells: CountedCell[]
}

/** By statement id. */
export async function readWatchable(db: Db, ids: string[]): Promise<Map<string, Watchable>> {
  const rows = await db
    .selectFrom('statements as s')
    .leftJoin('tallies as t', 't.statement_id', 's.id')
    .select(['s.id', 's.state', 's.discreet', 's.created_at', 's.opens_at', 's.opens_zone'])
    .select(['s.closes_at', 's.closes_zone', 's.embargo_until', 's.embargo_zone'])
    .select(['t.type', 't.visibility', 't.country', 't.n', 't.changed_at'])
    .where('s.id', 'in', ids)
    .execute()
  const found = new Map<string, Watchable>()
  for (const row of rows) {
    const watchable = found.get(row.id) ?? fromRow(row)
    found.set(row.id, watchable)
    const { type, visibility, country, n, changed_at } = row
    // all or none of them are null: a statement that nobody has signed has no cells
    if (type === null || visibility === null || country === null) continue
    watchable.cells.push({ type, visibility, country, n: n ?? 0, changed_at: changed_at ?? '' })
  }
  return found
}

type Row = Pick<
  Selectable<StatementTables['statements']>,
  | 'state'
  | 'discreet'
  | 'created_at'
  | 'opens_at'
  | 'opens_zone'
  | 'closes_at'
  | 'closes_zone'
  | 'embargo_until'
  | 'embargo_zone'
>

function fromRow(row: Row): Watchable {
  return {
    state: row.state,
    discreet: row.discreet === 1,
    createdAt: row.created_at,
    opensAt: zoned(row.opens_at, row.opens_zone),
    closesAt: zoned(row.closes_at, row.closes_zone),
    embargoUntil: zoned(row.embargo_until, row.embargo_zone),
    cells: [],
  }
}

const zoned = (instant: string | null, zone: string | null) =>
  instant === null || zone === null ? null : { instant, zone }
