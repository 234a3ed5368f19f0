// What a statement is: the words of product.md §2 as types. No input, no output, no database.

import type { ZonedTime } from '../text/dates.ts'

export const kinds = ['joint-statement', 'open-letter', 'submission', 'declaration'] as const
export type Kind = (typeof kinds)[number]

export const convenorRoles = ['lead', 'with', 'on behalf of'] as const
export type ConvenorRole = (typeof convenorRoles)[number]

export const signerChoices = ['both', 'organisations', 'individuals'] as const
export type Signers = (typeof signerChoices)[number]

export const visibilities = ['listed', 'withheld', 'confidential'] as const
export type Visibility = (typeof visibilities)[number]

/** Whose endorsements a coordinator looks through; meanwhile they count (docs/adr/0006). */
export const reviewChoices = ['none', 'organisations', 'all'] as const
export type Review = (typeof reviewChoices)[number]

/** An organisation that leads the statement; the order of the list is the order on the page. */
export interface Convenor {
  name: string
  acronym: string | null
  role: ConvenorRole
  url: string | null
}

/** Whom the statement is addressed to; at least one of the four is given. */
export interface Addressee {
  name: string | null
  office: string | null
  body: string | null
  /** ISO 3166-1 alpha-2, upper case */
  country: string | null
}

export interface LanguageVersion {
  /** BCP 47 tag in canonical case: `en`, `pt-BR` */
  language: string
  title: string
  /** '' when there is none */
  summary: string
  /** CommonMark without raw HTML; NFC, `\n` line ends, trimmed */
  body: string
}

/** Who published the statement before it came here. */
export interface OriginalPublication {
  name: string
  url: string | null
}

/** A statement as a folder of files says it (product.md §5). */
export interface StatementFile {
  slug: string
  kind: Kind
  /** the language of the authoritative version */
  authoritative: string
  convenors: Convenor[]
  addressees: Addressee[]
  topics: string[]
  signers: Signers
  visibilityDefault: Visibility
  discreet: boolean
  review: Review
  /** a precise date, kept as written: `2018`, `2018-09` or `2018-09-30` (product.md F-A) */
  dated: string | null
  opensAt: ZonedTime | null
  closesAt: ZonedTime | null
  /** nothing of it is public before; null: as soon as it opens */
  embargoUntil: ZonedTime | null
  originallyPublished: OriginalPublication | null
  /** the authoritative version first, the others by language tag */
  versions: LanguageVersion[]
}
