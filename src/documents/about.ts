// What a file says about itself in words: whose list, which part of it, and what each number means.
import { type Formats, formatsOf } from '../languages/formats.ts'
import { type Translate, translator } from '../languages/languages.ts'
import { filtersFrom, type TypedFilters } from '../signatories/list.ts'
import type { Issued, ListDocument } from './list-document.ts'

export interface Numbered {
  label: string
  n: number
  meaning: string
}

/** The counts, as everywhere (product.md R1), each with what it means. */
export function numbersIn({
  counts,
  language,
}: Pick<ListDocument, 'counts' | 'language'>): Numbered[] {
  const t = translator(language)
  const names = ['organisations', 'individuals', 'countries'] as const
  return [
    ...names.map((name) => ({
      label: t(`count.label.${name}`),
      n: counts[name],
      meaning: t(`list.meaning.${name}`),
    })),
    {
      label: t('list.withheld-label'),
      n: counts.withheld,
      meaning: t('list.meaning.withheld'),
    },
  ]
}

/** "214 organisations, 3,802 individuals, 61 countries": what is none is not said */
export function countLine({ counts, language }: ListDocument): string {
  const t = translator(language)
  const names = ['organisations', 'individuals', 'countries'] as const
  const said = names.flatMap((name) =>
    counts[name] > 0 ? [t(`count.${name}`, { n: counts[name] })] : [],
  )
  return said.length > 0 ? said.join(' · ') : t('count.endorsements', { n: 0 })
}

/** "As of 21 November 2026, 14:05 UTC" */
export function asOfLine({ counts, language }: ListDocument): string {
  return `${translator(language)('count.as-of')} ${formatsOf(language).time(counts.asOf)}`
}

/** Which edition, and which part of the list; only what there is to say. */
export function notesIn(document: ListDocument): string[] {
  const t = translator(document.language)
  const { edition } = document
  const filters = filtersIn(document)
  return [
    ...(edition === null ? [] : editionNotes(edition, document.language)),
    ...(filters === '' ? [] : [t('list.filtered', { filters })]),
  ]
}

function editionNotes({ number, removed }: Issued, language: string): string[] {
  const t = translator(language)
  const which = t('list.edition', { n: number })
  return removed === 0 ? [which] : [which, t('edition.removed', { n: removed })]
}

function filtersIn({ filters, language }: ListDocument): string {
  return filterWords(filters, translator(language), formatsOf(language)).join(' · ')
}

/** What was filtered by, in words; empty for the whole list. */
export function filterWords(filters: TypedFilters, t: Translate, format: Formats): string[] {
  const { q, type, country, verification, language } = filtersFrom(filters)
  const said = [
    q === null ? null : filters.q,
    type && t(`type.${type}s`),
    country && format.country(country),
    verification && t(`verification.${verification}`),
    language && format.language(language),
  ]
  return said.filter((text) => text !== null)
}

/** "and 120 endorsers whose names are withheld"; null when there are none, or only a part is shown */
export function withheldLine(document: ListDocument): string | null {
  const { counts, language } = document
  if (counts.withheld === 0 || filtersIn(document) !== '') return null
  return translator(language)('list.withheld', { n: counts.withheld })
}
