// Which column of a sheet is which field: guessed from the headings, corrected by a person.
import type { EndorserType } from '../endorsements/endorsement.ts'
import { foldForSearch } from '../text/fold.ts'
import { organisationWords, passedOver, personWords, wordsOf } from './column-words.ts'

/** The form's fields (product.md §4) that a sheet can hold, and the language of the endorser. */
export const importFields = [
  'type',
  'name',
  'acronym',
  'country',
  'email',
  'contact_name',
  'contact_role',
  'website',
  'organisation_kind',
  'affiliation',
  'role',
  'visibility',
  'updates',
  'language',
] as const
export type Field = (typeof importFields)[number]

export interface Mapping {
  /** for each column; null: not brought in */
  fields: (Field | null)[]
  /** of rows that do not say it */
  type: EndorserType
}

export function isField(text: string): text is Field {
  return importFields.some((field) => field === text)
}

/** @param types who may sign this statement */
export function guessMapping(headings: string[], types: EndorserType[]): Mapping {
  const folded = headings.map(plain)
  const fields = folded.map((heading): Field | null => ownField(heading))
  const isFree = (index: number) => fields[index] === null && !hasWord(folded[index], passedOver)
  const give = (field: Field, index: number) => {
    if (index >= 0 && !fields.includes(field)) fields[index] = field
  }
  for (const [field, words] of wordsOf) {
    if (fields.includes(field)) continue
    give(
      field,
      folded.findIndex((heading, index) => isFree(index) && hasWord(heading, words)),
    )
  }
  const organisations = indexesWith(folded, organisationWords).filter(isFree)
  const named = organisations.find((index) => hasWord(folded[index], personWords))
  const organisation = fields.includes('name') ? -1 : (named ?? organisations[0] ?? -1)
  give('name', organisation)
  const person = indexesWith(folded, personWords).find(isFree) ?? -1
  give(fields.includes('name') ? 'contact_name' : 'name', person)
  return { fields, type: typeOf(fields, organisation >= 0, types) }
}

/** Applies what a person says of some headings; null when a heading is not in the sheet. */
export function mappedBy(
  headings: string[],
  guessed: Mapping,
  said: Record<string, Field | null>,
): Mapping | { missing: string } {
  const wanted = new Map(Object.entries(said).map(([heading, field]) => [plain(heading), field]))
  const folded = headings.map(plain)
  const missing = Object.keys(said).find((heading) => !folded.includes(plain(heading)))
  if (missing !== undefined) return { missing }
  const taken = new Set(wanted.values())
  const fields = guessed.fields.map((field, index) => {
    const heading = folded[index] ?? ''
    if (wanted.has(heading)) return wanted.get(heading) ?? null
    return field !== null && taken.has(field) ? null : field
  })
  return { ...guessed, fields }
}

/** Without an organisation's column, and with what only individuals have, it is a list of people. */
function typeOf(fields: (Field | null)[], isOfOrganisations: boolean, types: EndorserType[]) {
  const isOfPeople = fields.includes('affiliation') && !fields.includes('contact_name')
  const guessed = isOfPeople && !isOfOrganisations ? 'individual' : 'organisation'
  return types.includes(guessed) ? guessed : (types[0] ?? guessed)
}

const plain = (heading: string) =>
  foldForSearch(heading)
    .replaceAll(/[\s_]+/gu, ' ')
    .trim()

function ownField(heading: string): Field | null {
  const name = heading.replaceAll(' ', '_')
  return isField(name) ? name : null
}

function hasWord(heading: string | undefined, words: string): boolean {
  return words.split('|').some((word) => (heading ?? '').includes(plain(word)))
}

function indexesWith(headings: string[], words: string): number[] {
  return headings.flatMap((heading, index) => (hasWord(heading, words) ? [index] : []))
}
