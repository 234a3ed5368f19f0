// The signatories as letter and list show them: organisations and individuals apart, by name or by
// country.
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { Direction, Translate } from '../languages/languages.ts'
import { dirOf } from '../languages/languages.ts'
import type { Row } from '../signatories/rows.ts'
import { directionOf } from '../text/direction.ts'

export const groupings = ['alphabet', 'country'] as const
export type Grouping = (typeof groupings)[number]

/** A text whose direction may differ from the page's. */
interface Isolated {
  text: string
  dir: Direction
}

interface Entry {
  name: Isolated
  comma: string
  /** null below the country's own heading */
  place: string | null
  /** role and affiliation, as the signatory describes them */
  described: Isolated[]
  note: string | null
}

export interface Group {
  heading: string
  sections: { heading: string | null; entries: Entry[] }[]
}

export interface Setting {
  language: string
  t: Translate
  grouping: Grouping
  /** with the number of each entry and how it was checked */
  isDetailed: boolean
}

const types = ['organisation', 'individual'] as const satisfies EndorserType[]

/** @param rows in the order of the list */
export function groupsOf(rows: readonly Row[], setting: Setting): Group[] {
  return types
    .map((type) => ({ type, rows: rows.filter((row) => row.type === type) }))
    .filter((group) => group.rows.length > 0)
    .map((group) => ({
      heading: setting.t(`count.label.${group.type}s`),
      sections: sectionsOf(group.rows, setting),
    }))
}

function sectionsOf(rows: readonly Row[], setting: Setting): Group['sections'] {
  const entries = (some: readonly Row[]) => some.map((row) => entryOf(row, setting))
  if (setting.grouping === 'alphabet') return [{ heading: null, entries: entries(rows) }]
  const order = new Intl.Collator(setting.language)
  return [...Map.groupBy(rows, (row) => row.countryName)]
    .sort(([one], [other]) => order.compare(one, other))
    .map(([heading, some]) => ({ heading, entries: entries(some) }))
}

export function entryOf(row: Row, { language, t, grouping, isDetailed }: Setting): Entry {
  const name = row.name ?? t('list.name-withheld')
  return {
    name: isolated(row.acronym === null ? name : `${name} (${row.acronym})`, language),
    comma: dirOf(language) === 'rtl' ? '، ' : ', ',
    place: grouping === 'country' ? null : row.countryName,
    described: [row.role, row.affiliation].flatMap((text) =>
      text === null ? [] : [isolated(text, language)],
    ),
    note: isDetailed ? noteOf(row, t) : row.late ? t('list.late') : null,
  }
}

function noteOf(row: Row, t: Translate): string {
  const checked = row.verification === null ? [] : [t(`verification.${verificationOf(row)}`)]
  const number = row.number === null ? [] : [`${t('list.column.number')} ${row.number}`]
  return [...number, ...checked, ...(row.late ? [t('list.late')] : [])].join(' · ')
}

function verificationOf({ verification }: Row) {
  return verification as 'email' | 'domain' | 'coordinator' | 'imported'
}

function isolated(text: string, language: string): Isolated {
  return { text, dir: directionOf(text) ?? dirOf(language) }
}
