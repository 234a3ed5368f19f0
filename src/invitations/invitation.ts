// What an invitation is, and the rules that need nothing but its own values.
import type { Vault } from '../privacy/vault.ts'
import type { OrganisationKind } from '../endorsements/endorsement.ts'

export type InvitationState = 'invited' | 'reserved' | 'endorsed' | 'declined'

/** Whom it is for; sealed as one piece. */
export interface Invited {
  name: string
  /** the address as it was typed */
  email: string
  contactName: string | null
  /** ISO 3166-1 alpha-2, `regional`, `international`; null when the coordinator did not say */
  country: string | null
  acronym: string | null
  website: string | null
  organisationKind: OrganisationKind | null
}

export interface Invitation {
  id: string
  statementId: string
  invited: Invited
  language: string
  state: InvitationState
  /** a day; only while reserved */
  reservedUntil: string | null
  invitedAt: string
}

/** On top of the invitation itself; nobody can set more. */
export const mostReminders = 3
export const restChoices = [1, 2, 3, 5, 7, 14] as const

/** How often those are reminded who do not answer. */
export interface ReminderRules {
  most: number
  /** days after the mail before */
  days: number
}

/** Where the coordinators of a statement have set nothing else. */
export const usualRules: ReminderRules = { most: 2, days: 3 }

/** Who has not answered is reminded by itself this long before the statement closes. */
export const daysBeforeClosing = 3
/** Invitations are deleted this long after closing. */
export const keptDays = 30

/**
 * Different for every statement, and another one than that of endorsements: nothing in the database
 * joins a confidential endorsement to the organisation that was invited.
 */
export function invitationHashOf(vault: Vault, statementId: string, canonical: string): string {
  return vault.hash('invitation', statementId, canonical)
}

/** Of a mailbox that does not want to be invited again, to whatever statement. */
export function refusalHashOf(vault: Vault, canonical: string): string {
  return vault.hash('invitation', 'site', canonical)
}

/** One purpose each (product.md M-3); made anew from the row's id for every reminder. */
export type InvitationLink = 'invitation' | 'stop'

export function tokenOf(vault: Vault, purpose: InvitationLink, id: string): string {
  return vault.tokenFrom(`${purpose}\0${id}`)
}

export function tokenHashOf(vault: Vault, purpose: InvitationLink, token: string): string {
  return vault.hash('token', purpose, token)
}
