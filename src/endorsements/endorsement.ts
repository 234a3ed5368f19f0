// What an endorsement is, and the rules that need nothing but its own values.
import { domainToASCII } from 'node:url'
import { getDomain } from 'tldts'
import type { Visibility } from '../statements/statement.ts'
import { type AbuseFlag, isAbuse } from '../abuse/signals.ts'
import { isFreeMailbox } from '../text/email-address.ts'
import type { NameFlag } from '../text/names.ts'

export type EndorserType = 'organisation' | 'individual'
export type Verification = 'email' | 'domain' | 'coordinator' | 'imported'
export type EndorsementState =
  'pending' | 'confirmed' | 'withdrawn' | 'held' | 'rejected' | 'suspect'

/** Why a coordinator should look: marks of the name, or signs of abuse (product.md S-6). */
export type Flag = NameFlag | AbuseFlag | 'similar-name' | 'removed-name' | 'late'

export const organisationKinds = [
  'community-led',
  'ngo',
  'network',
  'faith',
  'academic',
  'professional',
  'union',
  'other',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** What an endorser says of themselves; sealed as one piece. Absent values are null. */
export interface Details {
  name: string
  acronym: string | null
  website: string | null
  organisationKind: OrganisationKind | null
  contactName: string | null
  contactRole: string | null
  affiliation: string | null
  role: string | null
}

export interface Endorsement {
  id: string
  statementId: string
  type: EndorserType
  state: EndorsementState
  addressHash: string
  /** null once they were destroyed: a confirmed `confidential` endorsement */
  details: Details | null
  country: string
  visibility: Visibility
  language: string
  textVersionId: string
  flags: Flag[]
  updates: boolean
  verification: Verification | null
  number: number | null
  signedAt: string
  confirmedAt: string | null
  /** nothing leads to the mailbox any more, and nothing about it is stored again (product.md P-9) */
  isContactForgotten: boolean
  revision: number
}

/**
 * The state a confirmed mailbox leads to: abuse waits as suspect, a doubtful name as held (S-1, S-6);
 * a name that is destroyed at once cannot be doubtful. Who comes late waits in any case, and the same
 * for everyone.
 */
export function stateWhenConfirmed(
  flags: readonly Flag[],
  visibility: Visibility,
): 'confirmed' | 'held' | 'suspect' {
  if (flags.includes('late')) return 'held'
  if (flags.some(isAbuse)) return 'suspect'
  return flags.length > 0 && visibility !== 'confidential' ? 'held' : 'confirmed'
}

/** Marked as late, besides what decides whether it waits. */
export const markedLate = (flags: readonly Flag[]): Flag[] => [
  ...new Set([...flags, 'late' as const]),
]

/**
 * The columns of a confidential endorsement once it is confirmed: name, contact and address are gone,
 * and so is what the marks of a name tell about it, and the wish for mails that cannot be sent.
 */
export function nothingLeft(flags: readonly Flag[]) {
  const kept = JSON.stringify(flags.filter((flag) => isAbuse(flag) || flag === 'late'))
  return { details_sealed: '', address_sealed: '', flags: kept, updates: 0 }
}

/** `domain` when the mailbox is in the organisation's own domain, not at a mail provider. */
export function verificationOf(details: Details, address: string): 'domain' | 'email' {
  const mailDomain = domainToASCII(address.slice(address.lastIndexOf('@') + 1).toLowerCase())
  const own = details.website === null ? null : getDomain(details.website)
  const isOwn = own !== null && own === getDomain(mailDomain) && !isFreeMailbox(mailDomain)
  return isOwn ? 'domain' : 'email'
}

/** Who is suspected of abuse must not learn it: not from a page, not from a mail (product.md S-6). */
export function shownState(state: EndorsementState): Exclude<EndorsementState, 'suspect'> {
  return state === 'suspect' ? 'confirmed' : state
}

/** Only confirmed endorsements are counted, and only listed ones are named (product.md R1). */
export function isCounted(endorsement: Pick<Endorsement, 'state'>): boolean {
  return endorsement.state === 'confirmed'
}

export function isNamed(endorsement: Pick<Endorsement, 'state' | 'visibility'>): boolean {
  return isCounted(endorsement) && endorsement.visibility === 'listed'
}
