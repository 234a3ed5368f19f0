// The only SQL about what kept pages depend on.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

export interface StatementRevision {
  slug: string
  /** how often its counts and its list have changed */
  revision: number
  /** ISO instants at which the clock alone changes its pages */
  instants: string[]
}

export async function readStatementRevisions(db: Db): Promise<StatementRevision[]> {
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
  return rows.map(({ slug, n, opens_at, closes_at, embargo_until }) => ({
    slug,
    revision: Number(n),
    instants: [opens_at, closes_at, embargo_until].filter((instant) => instant !== null),
  }))
}
