// What an edition is: a numbered, dated, frozen list. No input, no database.
import type { Counts } from '../signatories/counts.ts'
import type { Head } from '../signatories/files.ts'

/** `grace`: the last confirmations of what was signed in time are in it. */
export const reasons = ['closing', 'grace', 'on-demand'] as const
export type Reason = (typeof reasons)[number]

/** Why a name left an edition (product.md P-7). */
export type RedactionReason = 'withdrawn' | 'hidden' | 'reviewed' | 'taken-back'
export type CorrectionReason = RedactionReason | 'renamed'

/** Since an earlier edition. */
export interface Changes {
  added: number
  removed: number
  renamed: number
}

export interface Edition {
  id: string
  statementId: string
  number: number
  reason: Reason
  madeAt: string
  counts: Counts
  /** since the edition before it, when this one was made; null for the first */
  changes: Changes | null
  /** what the files say about the statement, as it was; by language */
  heads: Record<string, Head>
  /** counts every redaction: 0 while the edition is as it was made */
  revision: number
  /** since when its files are what they are */
  issuedAt: string
  /** false while its files are being made */
  isComplete: boolean
}

/** Its name when it is saved; the same in SHA256SUMS, so that `sha256sum -c` finds it. */
export function fileNameOf(slug: string, number: number, language: string, format: string): string {
  return `${slug}-edition-${number}.${language}.${format}`
}
