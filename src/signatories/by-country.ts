// How many endorse from where: the listed exactly, and of the hidden what may be told (product.md P-11).
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { endorserTypes, type PlaceCell, sum } from './breakdown.ts'
import { findBreakdown } from './breakdown-store.ts'
import { type Counts, sumUp } from './counts.ts'
import { readCells } from './tally-store.ts'

type ByType<T> = Record<EndorserType, T>

export interface CountryRow {
  country: string
  listed: ByType<number>
  /** null: not told, whether there are any or not */
  hidden: ByType<number | null>
  /** of all that this row tells */
  total: number
}

export interface ByCountry {
  counts: Counts
  /** the most endorsements first */
  rows: CountryRow[]
  /** hidden ones who are in no row */
  untold: ByType<number>
  /** the instant to which the hidden numbers belong; null when none is told */
  hiddenAsOf: string | null
}

export async function byCountry(db: Db, statement: Statement): Promise<ByCountry> {
  const cells = await readCells(db, [statement.id])
  const listed = cells.filter(({ visibility, n }) => visibility === 'listed' && n > 0)
  const hidden = cells.filter(({ visibility }) => visibility !== 'listed')
  const breakdown = statement.discreet ? null : await findBreakdown(db, statement.id)
  const taken = breakdown ? (JSON.parse(breakdown.told) as PlaceCell[]) : []
  const told = stillTold(taken, hidden)
  return {
    counts: sumUp(cells, statement),
    rows: rowsOf(listed, told),
    untold: byType((type) => sumOf(hidden, type) - sumOf(told, type)),
    hiddenAsOf: told.length > 0 ? (breakdown?.taken_at ?? null) : null,
  }
}

/**
 * What was told stays as it was, whoever withdraws: a new number would tell of them. Only when it is
 * more than there are at all, which everyone can see, nothing of that type is told any more.
 */
function stillTold(told: readonly PlaceCell[], hidden: readonly PlaceCell[]): PlaceCell[] {
  return told.filter(({ type }) => sumOf(told, type) <= sumOf(hidden, type))
}

function rowsOf(listed: readonly PlaceCell[], told: readonly PlaceCell[]): CountryRow[] {
  const places = new Set([...listed, ...told].map(({ country }) => country))
  const rows = [...places].map((country) => {
    const there = (cells: readonly PlaceCell[]) => cells.filter((cell) => cell.country === country)
    return {
      country,
      listed: byType((type) => sumOf(there(listed), type)),
      hidden: byType((type) => sumOf(there(told), type) || null),
      total: sum(there(listed)) + sum(there(told)),
    }
  })
  return rows.sort((a, b) => b.total - a.total || (a.country < b.country ? -1 : 1))
}

function sumOf(cells: readonly PlaceCell[], type: EndorserType): number {
  return sum(cells.filter((cell) => cell.type === type))
}

function byType<T>(of: (type: EndorserType) => T): ByType<T> {
  const [organisation, individual] = endorserTypes
  return { organisation: of(organisation), individual: of(individual) }
}
