// The rows of a plan that somebody should look at, in their language.
import type { Translate } from '../languages/languages.ts'
import type { Mapping } from './columns.ts'
import type { Plan, PlannedRow } from './plan-import.ts'
import { problemsOf } from './problem-messages.ts'

const mostRows = 200

export interface ToldRow {
  row: number
  name: string
  outcome: PlannedRow['outcome']
  why: string[]
}

/** @returns the first of them, and how many more there are */
export function toldRows({ planned }: Plan, mapping: Mapping, t: Translate) {
  const odd = planned.filter(({ outcome }) => outcome !== 'new')
  const rows: ToldRow[] = odd.slice(0, mostRows).map((row) => ({
    row: row.row,
    name: nameOf(row),
    outcome: row.outcome,
    why: whyOf(row, mapping, t),
  }))
  return { rows, more: odd.length - rows.length }
}

function nameOf(row: PlannedRow): string {
  return 'values' in row ? (row.values.name ?? '').trim() : row.brought.signOn.details.name
}

function whyOf(row: PlannedRow, { type }: Mapping, t: Translate): string[] {
  switch (row.outcome) {
    case 'new':
      return []
    case 'invalid':
      return problemsOf(row.faults, row.values, type, t).map(({ reason }) => reason)
    case 'duplicate':
    case 'similar':
      return [
        row.of === null
          ? t(`desk.imports.${row.outcome}.there`)
          : t(`desk.imports.${row.outcome}.row`, { row: row.of }),
      ]
  }
}
