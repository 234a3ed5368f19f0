// The domain by which organisations are told apart: of the mailbox, or else of the website.
import { domainToASCII } from 'node:url'
import { getDomain } from 'tldts'
import { isFreeMailbox } from '../text/email-address.ts'

/** Registrable, in ASCII; null when the mailbox is at a provider and there is no website. */
export function domainOf(address: string | null, website: string | null): string | null {
  const host = address === null ? '' : domainToASCII(address.slice(address.lastIndexOf('@') + 1))
  const own = getDomain(host) ?? host
  if (own !== '' && !isFreeMailbox(host.toLowerCase())) return own.toLowerCase()
  return website === null ? null : getDomain(website)
}
