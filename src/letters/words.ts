// What stands around text and names in every PDF file of a statement, in words.
import { formatsOf, type Formats } from '../languages/formats.ts'
import { dirOf, isLanguage, translator, type Translate } from '../languages/languages.ts'
import type { Counts } from '../signatories/counts.ts'
import type { Row } from '../signatories/rows.ts'
import type { Addressee, Convenor } from '../statements/statement.ts'
import { namesHiddenOf, type Statement, type TextVersion } from '../statements/stored-statement.ts'

/** How one PDF file speaks. */
export interface Speech {
  text: TextVersion
  /** of the words around the text: that of the text, where the interface has it */
  language: string
  t: Translate
  format: Formats
}

export function speechFor(text: TextVersion, fallback: string): Speech {
  const language = isLanguage(text.language) ? text.language : fallback
  return { text, language, t: translator(language), format: formatsOf(language) }
}

/** What every template needs. */
export function frameOf(
  statement: Statement,
  counts: Counts,
  { text, t }: Speech,
  site: { name: string; url: string },
) {
  const { language, region } = new Intl.Locale(text.language)
  return {
    title: text.title,
    authors: statement.convenors.map(({ name }) => name),
    // the same list gives the same file
    madeAt: dateParts(counts.asOf),
    lang: language,
    // Typst knows countries only, not the numbers of regions of the world
    region: region?.length === 2 ? region : null,
    dir: dirOf(text.language),
    kind: t(`kind.${statement.kind}`),
    footer: `${site.name} · ${site.url}`,
  }
}

function dateParts(iso: string) {
  const date = new Date(iso)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

export function convenorOf({ name, acronym, role }: Convenor, t: Translate) {
  return {
    leads: role === 'lead',
    role: t(`convenor.${role}`),
    name: acronym === null ? name : `${name} (${acronym})`,
  }
}

/** The lines of an address. */
export function addresseeOf({ name, office, body, country }: Addressee, format: Formats): string[] {
  const place = country === null ? null : format.country(country)
  return [name, office, body, place].filter((line) => line !== null)
}

/**
 * The numbers of every page and file (product.md R1), and of when they are.
 * @param edition the number of the frozen list, null for the list as it is now
 */
export function countWords(
  counts: Counts,
  { t, format }: Pick<Speech, 't' | 'format'>,
  edition: number | null,
) {
  const { organisations, individuals, countries, total } = counts
  const told = [
    organisations > 0 ? t('count.organisations', { n: organisations }) : null,
    individuals > 0 ? t('count.individuals', { n: individuals }) : null,
    countries > 0 ? t('count.countries', { n: countries }) : null,
    total === 0 ? t('count.endorsements', { n: 0 }) : null,
  ]
  const asOf = `${t('count.as-of')} ${format.time(counts.asOf)}`
  return {
    counts: told.filter((words) => words !== null),
    asOf: edition === null ? asOf : `${t('list.edition', { n: edition })} · ${asOf}`,
  }
}

/** In small print: whose names are missing, how the others were checked, which text they stand behind. */
export function notesOf(statement: Statement, rows: readonly Row[], { text, t, format }: Speech) {
  const hidden = namesHiddenOf(statement)
  const ways = new Set(rows.map((row) => row.verification))
  const checks = (['email', 'domain', 'coordinator', 'imported'] as const)
    .filter((way) => ways.has(way))
    .map((way) => `${t(`verification.${way}`)}: ${t(`verification.${way}.explained`)}`)
  const isDescribed = rows.some(({ role, affiliation }) => role !== null || affiliation !== null)
  return [
    ...(hidden === null
      ? []
      : [t(`names-hidden.${hidden.whose}`, { day: format.day(hidden.at.slice(0, 10)) })]),
    ...(checks.length === 0 ? [] : [`${t('verification.heading')}. ${checks.join(' ')}`]),
    ...(isDescribed ? [t('verification.self-described')] : []),
    ...(text.language === statement.authoritative
      ? []
      : [t('text.is-translation', { language: format.language(statement.authoritative) })]),
    `${t('text.version', { number: text.number })} · ${t('text.fingerprint')}: ${text.hash}`,
  ]
}
