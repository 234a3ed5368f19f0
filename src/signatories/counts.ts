// The numbers everyone sees (product.md R1): the same on every page, file and live event.
import { createHash } from 'node:crypto'
import type { Db } from '../db/schema.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { isCountryCode } from '../text/countries.ts'
import { type Cell, readCells } from './tally-store.ts'

export interface Counts {
  organisations: number
  individuals: number
  total: number
  /** countries, without regional, international and undisclosed */
  countries: number
  /** counted, but not named in public */
  withheld: number
  /** the instant of the last change, UTC */
  asOf: string
}

export async function countsOf(db: Db, statement: Statement): Promise<Counts> {
  const all = await countsOfAll(db, [statement])
  return all.get(statement.id) ?? sumUp([], statement)
}

/** One query for any number of statements; by statement id. */
export async function countsOfAll(db: Db, statements: Statement[]): Promise<Map<string, Counts>> {
  const ids = statements.map((statement) => statement.id)
  const cells = Map.groupBy(await readCells(db, ids), (cell) => cell.statement_id)
  return new Map(
    statements.map((statement) => [statement.id, sumUp(cells.get(statement.id) ?? [], statement)]),
  )
}

/** What of a cell is counted. */
export type CountedCell = Pick<Cell, 'type' | 'visibility' | 'country' | 'n' | 'changed_at'>

export function sumUp(cells: CountedCell[], statement: Pick<Statement, 'createdAt'>): Counts {
  const total = (of: (cell: CountedCell) => boolean) =>
    cells.filter(of).reduce((n, cell) => n + cell.n, 0)
  const organisations = total((cell) => cell.type === 'organisation')
  const individuals = total((cell) => cell.type === 'individual')
  const countries = cells.filter((cell) => cell.n > 0 && isCountryCode(cell.country))
  return {
    organisations,
    individuals,
    total: organisations + individuals,
    countries: new Set(countries.map((cell) => cell.country)).size,
    withheld: total((cell) => cell.visibility !== 'listed'),
    asOf: cells.reduce(
      (last, cell) => (cell.changed_at > last ? cell.changed_at : last),
      statement.createdAt,
    ),
  }
}

/** The fields of count.json and of the live event (product.md §4). */
export type CountJson = ReturnType<typeof countJson>

export function countJson(
  statement: Pick<Statement, 'state' | 'opensAt' | 'closesAt'>,
  counts: Counts,
  now: Date,
) {
  return {
    organisations: counts.organisations,
    individuals: counts.individuals,
    total: counts.total,
    countries: counts.countries,
    withheld: counts.withheld,
    as_of: counts.asOf,
    status: statusAt(statement, now),
    closes_at: statement.closesAt?.instant ?? null,
  }
}

/** Changes with every change, also with two in the same instant; the id of a live event. */
export function versionOf(current: CountJson): string {
  return createHash('sha256').update(JSON.stringify(current)).digest('base64url').slice(0, 16)
}
