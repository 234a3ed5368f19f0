// An entry of the list as views show it.
import type { Formats } from '../languages/formats.ts'
import type { Entry } from './files.ts'
import type { SignatoryRow } from './signatory-store.ts'

/** `name` is null when it is withheld. */
export interface Row {
  number: number | null
  type: SignatoryRow['type']
  name: string | null
  acronym: string | null
  affiliation: string | null
  role: string | null
  country: string
  countryName: string
  verification: string | null
  confirmedOn: string | null
  late: boolean
  /** a coordinator has put it first */
  isFirst: boolean
}

export function rowOf(row: Entry & { first_place?: number | null }, format: Formats): Row {
  return {
    number: row.number,
    type: row.type,
    name: row.name,
    acronym: row.acronym,
    affiliation: row.affiliation,
    role: row.role,
    country: row.country,
    countryName: format.country(row.country),
    verification: row.verification,
    confirmedOn: row.confirmed_on,
    late: row.late === 1,
    isFirst: typeof row.first_place === 'number',
  }
}
