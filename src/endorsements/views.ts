// What several pages about an endorsement show alike.
import type { Formats } from '../languages/formats.ts'
import type { Row } from '../signatories/rows.ts'
import { inLanguage, type Statement, versionFor } from '../statements/stored-statement.ts'
import { countriesIn } from '../text/countries.ts'
import { type Endorsement, organisationKinds } from './endorsement.ts'
import { visibilities } from '../statements/statement.ts'

type Shown = Pick<Endorsement, 'type' | 'details' | 'country' | 'visibility'> &
  Partial<Pick<Endorsement, 'number' | 'verification' | 'confirmedAt'>>

/** The entry as the public list will show it, and for the endorser's own eyes the name they gave. */
export function entryOf(shown: Shown, format: Formats): Row & { ownName: string | null } {
  const { details, visibility, type, country } = shown
  const open = visibility === 'listed' ? details : null
  return {
    number: shown.number ?? null,
    type,
    name: open?.name ?? null,
    acronym: open?.acronym ?? null,
    affiliation: open?.affiliation ?? null,
    role: open?.role ?? null,
    country,
    countryName: format.country(country),
    verification: shown.verification ?? null,
    confirmedOn: shown.confirmedAt?.slice(0, 10) ?? null,
    late: false,
    isFirst: false,
    ownName: details?.name ?? null,
  }
}

export function titleIn(statement: Statement, language: string) {
  const text = versionFor(statement, language)
  return inLanguage(text.title, text.language)
}

/** What the form offers to choose from. */
export function formChoices(language: string) {
  return {
    countries: countriesIn(language),
    kinds: organisationKinds,
    visibilities,
  }
}
