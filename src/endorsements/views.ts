// What several pages about an endorsement show alike.
import type { Formats } from '../languages/formats.ts'
import type { Row } from '../signatories/rows.ts'
import { inLanguage, type Statement, versionFor } from '../statements/stored-statement.ts'
import { countriesIn } from '../text/countries.ts'
import { type Endorsement, organisationKinds } from './endorsement.ts'
import { offeredVisibilities } from './endorsement-form.ts'

type Shown = Pick<Endorsement, 'type' | 'details' | 'country' | 'visibility'> &
  Partial<Pick<Endorsement, 'number' | 'verification' | 'confirmedAt'>>

/** The entry as the public list will show it, and for the endorser's own eyes the name they gave. */
export function entryOf(shown: Shown, format: Formats): Row & { ownName: string } {
  const { details, visibility, type, country } = shown
  const isListed = visibility === 'listed'
  return {
    number: shown.number ?? null,
    type,
    name: isListed ? details.name : null,
    acronym: isListed ? details.acronym : null,
    affiliation: isListed ? details.affiliation : null,
    role: isListed ? details.role : null,
    country,
    countryName: format.country(country),
    verification: shown.verification ?? null,
    confirmedOn: shown.confirmedAt?.slice(0, 10) ?? null,
    late: false,
    ownName: details.name,
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
    visibilities: offeredVisibilities,
  }
}
