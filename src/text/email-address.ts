// E-mail addresses: what is accepted, what is sent to, and the canonical form in which two spellings
// of one mailbox are found to be the same (product.md R2, M-8).
import { domainToASCII } from 'node:url'
import { distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { OTHER_FREE_DOMAINS, PROVIDERS } from './mailbox-providers.ts'
import type { Provider } from './mailbox-providers.ts'

export type EmailAddress = {
  /** Trimmed, otherwise exactly as typed: what is used for sending. */
  typed: string
  /** One text per mailbox; only for comparing, never for sending. */
  canonical: string
  /** ASCII (Punycode), lower case. */
  domain: string
}

export type EmailFault = 'required' | 'invalid' | 'too-long'

const LONGEST_ADDRESS = 254
const LONGEST_LOCAL_PART = 64
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// RFC 5322 dot-atom, and any letter, mark or digit (RFC 6531). Quoted local parts and source routes
// have no place here: nobody has them, and they are what header injection is made of.
const LOCAL_PART =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u

const addressLike = z.email({ pattern: z.regexes.unicodeEmail })
const providers = new Map(PROVIDERS.flatMap((one) => one.domains.map((domain) => [domain, one])))
const freeDomains = new Set([...providers.keys(), ...OTHER_FREE_DOMAINS])

/** Reads an address from a form. Line breaks and other control characters are never accepted. */
export function parseEmailAddress(
  typed: string,
): { ok: true; value: EmailAddress } | { ok: false; fault: EmailFault } {
  const trimmed = typed.trim()
  if (trimmed === '') return { ok: false, fault: 'required' }
  if (/\p{Cc}/u.test(trimmed)) return { ok: false, fault: 'invalid' }
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, at)
  if (Buffer.byteLength(trimmed) > LONGEST_ADDRESS) return { ok: false, fault: 'too-long' }
  if (Buffer.byteLength(local) > LONGEST_LOCAL_PART) return { ok: false, fault: 'too-long' }
  const domain = asciiDomain(trimmed.slice(at + 1))
  const isValid = addressLike.safeParse(trimmed).success && LOCAL_PART.test(local)
  if (!isValid || domain === null) return { ok: false, fault: 'invalid' }
  return { ok: true, value: { typed: trimmed, canonical: canonicalForm(local, domain), domain } }
}

/** The address with a slip in the domain mended ("gmial.com" → gmail.com), or null. */
export function suggestAddress(address: EmailAddress): string | null {
  const { domain, typed } = address
  if (freeDomains.has(domain)) return null
  const near = SUGGESTED.find((known) => isSlipOf(domain, known))
  return near === undefined ? null : `${typed.slice(0, typed.lastIndexOf('@'))}@${near}`
}

/** Whether a domain (ASCII, lower case) gives mailboxes to anyone and so proves no organisation. */
export function isFreeMailbox(domain: string): boolean {
  return freeDomains.has(domain)
}

function asciiDomain(typed: string): string | null {
  // Refused before Punycode, which would map a full-width or ideographic dot and drop soft hyphens.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed)) return null
  const domain = domainToASCII(typed.normalize('NFC').toLowerCase())
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  const isHostName = labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isHostName && /[a-z]/.test(top) && top.length > 1 ? domain : null
}

function canonicalForm(local: string, domain: string): string {
  const provider = providers.get(domain)
  const lower = local.normalize('NFC').toLowerCase().normalize('NFC')
  if (!provider) return `${lower}@${domain}`
  const host = provider.isOneMailbox ? provider.domains[0] : domain
  return `${canonicalLocal(lower, provider)}@${host ?? domain}`
}

function canonicalLocal(local: string, provider: Provider): string {
  const tag = provider.hasPlusTags ? local.indexOf('+', 1) : -1
  const plain = tag > 0 ? local.slice(0, tag) : local
  const bare = provider.ignored ? plain.replaceAll(provider.ignored, '') : plain
  const [from, to] = provider.alike ?? ['', '']
  return provider.alike ? bare.replaceAll(from, to) : bare || plain
}

// Most used first: of two near ones the first is meant. Short names ("ya.ru", "me.com") are left
// out, too many real domains are one letter away from them.
const SUGGESTED = (
  'gmail.com yahoo.com hotmail.com outlook.com icloud.com protonmail.com proton.me yandex.ru ' +
  'mail.ru googlemail.com live.com aol.com riseup.net rambler.ru tutanota.com hotmail.co.uk ' +
  'yahoo.co.uk yahoo.fr hotmail.fr orange.fr laposte.net hotmail.es yahoo.es'
).split(' ')

/**
 * One letter off or two changed over; in long names two off. The first letter must be right where
 * more than one is wrong. Short names only changed over: "mali.ru", but "mal.ru" may be real.
 */
function isSlipOf(domain: string, known: string): boolean {
  if (isSwapped(domain, known)) return true
  const slips = distance(domain, known)
  if (known.length < 8) return false
  return slips === 1 || (slips === 2 && known.length > 9 && domain[0] === known[0])
}

/** Whether two neighbouring letters are in the wrong order and all else is right. */
function isSwapped(domain: string, known: string): boolean {
  const at = Array.from(domain).findIndex((letter, index) => letter !== known[index])
  if (at < 0) return false
  const [first = '', second = ''] = domain.slice(at, at + 2)
  return domain.slice(0, at) + second + first + domain.slice(at + 2) === known
}
