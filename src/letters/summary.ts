// The numbers of a statement on one sheet; by country as the page tells it (product.md P-11).
import { typesFor } from '../endorsements/endorsement-form.ts'
import { fewestTold } from '../signatories/breakdown.ts'
import type { CountryRow } from '../signatories/by-country.ts'
import type { SummaryWanted } from './make-pdf.ts'
import { notesOf, type Speech } from './words.ts'

export function summaryOf({ statement, byCountry }: SummaryWanted, speech: Speech) {
  const { t, format } = speech
  const { counts, rows, untold } = byCountry
  const types = typesFor(statement)
  const most = rows[0]?.total ?? 1
  const cellsOf = (row: CountryRow) =>
    types.map((type) => {
      const { [type]: hidden } = row.hidden
      const listed = format.number(row.listed[type])
      return hidden === null
        ? listed
        : `${listed} ${t('countries.not-named', { n: format.number(hidden) })}`
    })
  const hasUntold = types.some((type) => untold[type] > 0)
  return {
    numbers: [...types.map((type) => `${type}s` as const), 'countries' as const].map((each) => ({
      value: format.number(counts[each]),
      label: t(`count.label.${each}`),
    })),
    withheld: counts.withheld > 0 ? t('count.withheld', { n: counts.withheld }) : null,
    byCountry: t('countries.heading'),
    columns: [t('list.column.country'), ...types.map((type) => t(`count.label.${type}s`))],
    rows: [
      ...rows.map((row) => ({
        place: format.country(row.country),
        share: (row.total / most) * 100,
        cells: cellsOf(row),
      })),
      ...(hasUntold
        ? [
            {
              place: t('countries.untold'),
              share: 0,
              cells: types.map((type) => format.number(untold[type])),
            },
          ]
        : []),
    ],
    notes: [
      ...(hasUntold ? [t('countries.hidden.rule', { fewest: format.number(fewestTold) })] : []),
      ...notesOf(statement, [], speech),
    ],
  }
}
