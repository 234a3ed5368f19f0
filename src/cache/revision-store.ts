// The only SQL about what kept pages depend on.
import { sql } from 'kysely'
import { readHead } from '../audit/audit.ts'
import type { Db } from '../db/schema.ts'
import { switchesOff } from '../switches/switches.ts'

export interface Revisions {
  /** changes with everything that coordinators and the command line do */
  site: string
  /** how often the counts and the list of each statement have changed, by slug */
  statements: Map<string, number>
  /** all of them */
  total: number
  /** the instants at which the clock alone changes a page, in ms, ascending */
  instants: number[]
}

export async function readRevisions(db: Db): Promise<Revisions> {
  const { seq } = await readHead(db)
  const off = [...(await switchesOff(db)).keys()].sort()
  const rows = await db
    .selectFrom('statements as s')
    .select(['s.slug', 's.opens_at', 's.closes_at', 's.embargo_until'])
    .select((eb) =>
      eb
        .selectFrom('tallies as t')
        .select(sql<number | string>`coalesce(sum(t.revision), 0)`.as('n'))
        .whereRef('t.statement_id', '=', 's.id')
        .as('n'),
    )
    .execute()
  const statements = new Map(rows.map(({ slug, n }) => [slug, Number(n)]))
  return {
    site: `${seq} ${off.join()}`,
    statements,
    total: [...statements.values()].reduce((sum, n) => sum + n, 0),
    instants: rows
      .flatMap((row) => [row.opens_at, row.closes_at, row.embargo_until])
      .flatMap((instant) => (instant === null ? [] : [Date.parse(instant)]))
      .sort((a, b) => a - b),
  }
}
