// Which endorsements an invalidation is about, from what was typed. Pure.
import type { WithAddress } from '../endorsements/decide.ts'
import type { Fields } from '../http/fields.ts'
import type { MessageKey } from '../languages/languages.ts'
import { isCountryCode } from '../text/countries.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { foldForSearch } from '../text/fold.ts'

const names = ['domain', 'from', 'to', 'country', 'text', 'reason'] as const
type Name = (typeof names)[number]
export type CriteriaValues = Record<Name, string>

/** What is empty is not asked for; what is there must all be true. */
export type Criteria = Omit<CriteriaValues, 'reason'>

export const nothingAsked: Criteria = { domain: '', from: '', to: '', country: '', text: '' }

export interface CriteriaFault {
  field: Name
  message: MessageKey
}

const longest = 500

export function readCriteriaValues(typed: Fields): CriteriaValues {
  const text = (name: Name) => (typed[name] ?? '').trim().slice(0, longest)
  return {
    domain: text('domain').toLowerCase().replace(/^@/, ''),
    from: text('from'),
    to: text('to'),
    country: text('country'),
    text: text('text'),
    reason: text('reason'),
  }
}

export function faultsOf(values: CriteriaValues): CriteriaFault[] {
  const faults: CriteriaFault[] = []
  const { domain, from, to, country, text, reason } = values
  if ([domain, from, to, country, text].every((value) => value === '')) {
    faults.push({ field: 'domain', message: 'desk.invalidations.fault.none' })
  }
  if (domain !== '' && !parseEmailAddress(`a@${domain}`).ok) {
    faults.push({ field: 'domain', message: 'desk.invalidations.fault.domain' })
  }
  for (const [field, value] of [['from', from] as const, ['to', to] as const]) {
    if (value !== '' && instantOf(value) === null) {
      faults.push({ field, message: 'desk.invalidations.fault.time' })
    }
  }
  if (country !== '' && !isCountryCode(country)) {
    faults.push({ field: 'country', message: 'desk.invalidations.fault.country' })
  }
  if (reason === '') faults.push({ field: 'reason', message: 'desk.invalidations.fault.reason' })
  return faults
}

/** "2026-11-21T14:05", as a browser's field sends it, in UTC; null for anything else. */
function instantOf(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(text)) return null
  const instant = new Date(`${text.replace(' ', 'T')}Z`)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}

/** A test for endorsements; those whose name and address were destroyed have neither. */
export function matcherOf({ domain, from, to, country, text }: Criteria) {
  const [first, last] = [instantOf(from), instantOf(to)]
  const wanted = foldForSearch(text)
  const mailDomain = parseEmailAddress(`a@${domain}`)
  const asked = mailDomain.ok ? mailDomain.value.domain : domain
  return ({ endorsement, address }: WithAddress): boolean => {
    const { details, signedAt } = endorsement
    const read = address === null ? null : parseEmailAddress(address)
    const words = [details?.name, details?.acronym, details?.affiliation, details?.role]
    return (
      (domain === '' || (read?.ok === true && read.value.domain === asked)) &&
      (first === null || signedAt >= first) &&
      (last === null || signedAt <= last) &&
      (country === '' || endorsement.country === country) &&
      (wanted === '' || foldForSearch(words.filter(Boolean).join(' ')).includes(wanted))
    )
  }
}
