// What speaks for and against an entry, for a coordinator to see side by side. Pure.
import { getDomain } from 'tldts'
import type { Endorsement, Flag } from '../endorsements/endorsement.ts'
import { isFreeMailbox, parseEmailAddress } from '../text/email-address.ts'

export type Signal = Flag | 'own-domain' | 'other-domain' | 'free-mailbox'

export interface Domains {
  /** null when the address was destroyed */
  mailbox: string | null
  /** registrable domain of the website, null without one */
  website: string | null
}

export function domainsOf({ details }: Endorsement, address: string | null): Domains {
  const read = address === null ? null : parseEmailAddress(address)
  const website = details?.website ?? null
  return {
    mailbox: read?.ok === true ? read.value.domain : null,
    website: website === null ? null : getDomain(website),
  }
}

export function signalsOf(endorsement: Endorsement, { mailbox, website }: Domains): Signal[] {
  const signals: Signal[] = [...endorsement.flags]
  if (endorsement.type === 'individual' || mailbox === null) return signals
  if (isFreeMailbox(mailbox)) signals.push('free-mailbox')
  else if (website !== null) {
    signals.push(website === getDomain(mailbox) ? 'own-domain' : 'other-domain')
  }
  return signals
}
