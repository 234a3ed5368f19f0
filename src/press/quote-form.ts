// Untrusted input → a quote or a contact for the press, or faults.
import type { Fields } from '../http/fields.ts'
import type { MessageKey } from '../languages/languages.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import type { Contact } from './contact.ts'
import type { Quote } from './quote.ts'

export interface PressFault {
  field: string
  message: MessageKey
}

type Read<Value> = { ok: true; value: Value } | { ok: false; faults: PressFault[] }

const longest: Record<string, number> = { words: 600, name: 200, role: 200, evidence: 2000 }

export function typedQuote(typed: Fields) {
  const { quote_name: name, quote_role: role, quote_language: language, evidence, words } = typed
  return {
    words: clean(words),
    quote_name: clean(name),
    quote_role: clean(role),
    quote_language: clean(language),
    evidence: clean(evidence),
    consent: typed['consent'] === 'yes' ? 'yes' : '',
  }
}

export function typedContact(typed: Fields) {
  const { name, email, phone } = typed
  return { name: clean(name), email: clean(email), phone: clean(phone) }
}

const clean = (text = '') => text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim()

/** @param languages in which the words may be */
export function readQuote(
  typed: ReturnType<typeof typedQuote>,
  languages: string[],
): Read<Omit<Quote, 'id'> & { evidence: string }> {
  const { words, quote_name: name, quote_role: role, quote_language, evidence, consent } = typed
  const faults = [
    ...textFaults('words', words, longest['words'], true),
    ...textFaults('quote_name', name, longest['name'], true),
    ...textFaults('quote_role', role, longest['role'], false),
    ...textFaults('evidence', evidence, longest['evidence'], true),
    ...(consent === 'yes' ? [] : [{ field: 'consent', message: 'press.fault.consent' } as const]),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const language = languages.find((each) => each === quote_language) ?? languages[0] ?? 'en'
  return { ok: true, value: { words, name, role, language, evidence } }
}

/** @param revision of the contact that the form was made from */
export function readContact(
  typed: ReturnType<typeof typedContact>,
  revision: string,
): Read<Contact> {
  const { name, email, phone } = typed
  const isAddress = email === '' || parseEmailAddress(email).ok
  const faults = [
    ...textFaults('name', name, 200, false),
    ...(isAddress ? [] : [{ field: 'email', message: 'fault.email.invalid' } as const]),
    ...textFaults('phone', phone, 60, false),
  ]
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, value: { name, email, phone, revision: Number(revision) || 0 } }
}

function textFaults(field: string, text: string, most = 200, isRequired: boolean): PressFault[] {
  if (text === '') return isRequired ? [{ field, message: 'press.fault.missing' }] : []
  const allowed = field === 'words' || field === 'evidence' ? 'many lines' : 'one line'
  if (findUnsafeCharacters(text, allowed).length > 0 || (allowed === 'one line' && /\n/.test(text)))
    return [{ field, message: 'desk.updates.fault.hidden' }]
  return text.length > most ? [{ field, message: 'desk.delivery.fault.long' }] : []
}
