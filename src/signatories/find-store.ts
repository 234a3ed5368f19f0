// The only SQL that looks for names by a part of them.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { likePattern } from '../text/like-pattern.ts'
import { indexedUpTo, wordsFor } from './name-index-store.ts'
import { filterNames, type ListedKey } from './listed-store.ts'
import type { ListFilters } from './signatory-store.ts'

export interface Sought {
  statementId: string
  collation: string
  /** folded, and not empty */
  q: string
  filters: Omit<ListFilters, 'q'>
}

/** An entry whose name, acronym or affiliation has what is looked for. */
export type Hit = Omit<ListedKey, 'statement_id'> & { endorsement_id: string; sort_key: string }

/** In no order; SQLite keeps to the order of a cross join. @param most no more are looked for */
export async function findNames(db: Db, sought: Sought, most: number): Promise<Hit[]> {
  const upTo = await indexedUpTo(db)
  const words = upTo === null ? null : await wordsFor(db, sought)
  const all = sql`signatories s`
  if (upTo === null || words === null)
    return hits(db, sought, { from: all, where: sql`true` }, most)
  const from = sql`listed_names cross join signatories s`
  const where = sql`listed_names match ${words} and s.rowid = listed_names.rowid`
  const found = await hits(db, sought, { from, where }, most)
  if (found.length === most) return found
  // who came since is looked through one by one
  const since = { from: all, where: sql`s.rowid > ${upTo}` }
  return [...found, ...(await hits(db, sought, since, most - found.length))]
}

interface Source {
  from: RawBuilder<unknown>
  where: RawBuilder<unknown>
}

async function hits(
  db: Db,
  { statementId, collation, q, filters }: Sought,
  { from, where }: Source,
  most: number,
): Promise<Hit[]> {
  const exact = filterNames.flatMap((name) =>
    filters[name] === null ? [] : [sql`and s.${sql.ref(name)} = ${filters[name]}`],
  )
  const { rows } = await sql<Hit>`
    select s.endorsement_id, s.type, s.country, s.verification, s.language, o.sort_key
    from ${from} cross join signatory_order o
    where ${where} and s.statement_id = ${statementId}
      and s.search_text like ${`%${likePattern(q)}%`} escape '\\' ${sql.join(exact, sql` `)}
      and o.endorsement_id = s.endorsement_id and o.collation = ${collation}
    limit ${most}
  `.execute(db)
  return rows
}
