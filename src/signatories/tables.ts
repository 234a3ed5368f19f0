// Rows of the public list and of the counts. Nothing here is secret; nothing else is public.
import type { Generated } from 'kysely'
import type { EndorserType, Verification } from '../endorsements/endorsement.ts'
import type { Visibility } from '../statements/statement.ts'
import type { Flag } from '../statements/tables.ts'

export interface SignatoryTables {
  signatories: {
    endorsement_id: string
    statement_id: string
    number: number
    type: EndorserType
    name: string
    acronym: string | null
    affiliation: string | null
    role: string | null
    country: string
    verification: Verification
    confirmed_on: string
    language: string
    late: Flag
    search_text: string
    /** 1 to 50 for those whom a coordinator has put first */
    first_place: number | null
  }
  signatory_order: {
    endorsement_id: string
    collation: string
    statement_id: string
    sort_key: string
    /** these three as on the list: a filtered page is found in one index */
    country: string
    verification: Verification
    language: string
  }
  /** how many entries of the list are alike in all that it can be filtered by */
  listed_counts: {
    statement_id: string
    type: EndorserType
    country: string
    verification: Verification
    language: string
    n: number
  }
  /** on which day how many of the list came */
  listed_days: {
    statement_id: string
    confirmed_on: string
    type: EndorserType
    country: string
    n: number
  }
  tallies: {
    statement_id: string
    type: EndorserType
    visibility: Visibility
    country: string
    n: number
    changed_at: string
    /** one more with every change */
    revision: Generated<number>
  }
  breakdowns: {
    statement_id: string
    taken_at: string
    told: string
  }
}
