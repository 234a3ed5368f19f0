// What became of a statement, as it is typed.
import type { Fields } from '../http/fields.ts'
import type { MessageKey } from '../languages/languages.ts'
import { isWebAddress } from '../statements/links.ts'
import { parsePreciseDate } from '../text/dates.ts'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import { type Delivery, type DeliveryText, isDeliveryKind } from './delivery.ts'

const names = ['kind', 'happened_on', 'who', 'how', 'note', 'link', 'language'] as const
type Name = (typeof names)[number]
export type DeliveryValues = Record<Name, string>

export interface DeliveryFault {
  field: Name | 'file'
  message: MessageKey
}

const longest: Record<'who' | 'how' | 'note', number> = { who: 200, how: 200, note: 2_000 }

export function readDeliveryValues(fields: Fields): DeliveryValues {
  const typed = (name: Name) =>
    (fields[name] ?? '').normalize('NFC').replaceAll(/\r\n?/g, '\n').trim()
  return Object.fromEntries(names.map((name) => [name, typed(name)])) as DeliveryValues
}

type Read = { ok: true; value: DeliveryText } | { ok: false; faults: DeliveryFault[] }

/** @param known languages in which it may be written */
export function readDelivery(values: DeliveryValues, known: string[], now: Date): Read {
  const { kind, happened_on, who, how, note, link, language } = values
  const faults = [
    ...dateFaults(happened_on, now),
    ...(who === '' ? [{ field: 'who', message: 'desk.delivery.fault.who' } as const] : []),
    ...(['who', 'how', 'note'] as const).flatMap((name) => textFaults(name, values[name])),
    ...(link === '' || isWebAddress(link)
      ? []
      : [{ field: 'link', message: 'desk.delivery.fault.link' } as const]),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const value = {
    kind: isDeliveryKind(kind) ? kind : 'delivered',
    happenedOn: happened_on,
    who,
    how,
    note,
    link,
    language: known.includes(language) ? language : (known[0] ?? 'en'),
  }
  return { ok: true, value }
}

/** Nothing is reported before it has happened; further east it is tomorrow already. */
function dateFaults(typed: string, now: Date): DeliveryFault[] {
  const field = 'happened_on'
  if (!parsePreciseDate(typed).ok) return [{ field, message: 'desk.delivery.fault.date' }]
  const tomorrow = new Date(now.getTime() + 14 * 3_600_000).toISOString()
  const isAhead = typed > tomorrow.slice(0, typed.length)
  return isAhead ? [{ field, message: 'desk.delivery.fault.ahead' }] : []
}

function textFaults(field: keyof typeof longest, text: string): DeliveryFault[] {
  const allowed = field === 'note' ? 'many lines' : 'one line'
  if (findUnsafeCharacters(text, allowed).length > 0) {
    return [{ field, message: 'desk.updates.fault.hidden' }]
  }
  return text.length > longest[field] ? [{ field, message: 'desk.delivery.fault.long' }] : []
}

/** As it was typed, to be corrected. */
export function valuesOf({
  kind,
  happenedOn,
  who,
  how,
  note,
  link,
  language,
}: Delivery): DeliveryValues {
  return { kind, happened_on: happenedOn, who, how, note, link, language }
}
