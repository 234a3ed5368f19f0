// Untrusted input → a report, or faults by field.
import type { Fields } from '../http/fields.ts'
import type { MessageKey } from '../languages/languages.ts'
import { isReportReason, type ReportReason } from './report.ts'

export const longestWords = 2000

/** Filled in only by machines; not called what it is. */
export const honeypot = 'fax_number'

/** What was typed, so that nothing is lost when the page comes back. */
export interface ReportValues {
  reason: string
  words: string
}

export interface TypedReport {
  reason: ReportReason
  words: string
  /** somebody filled in what people do not see */
  isTrapped: boolean
}

export interface ReportFault {
  field: keyof ReportValues
  message: MessageKey
}

const control = /[^\P{Cc}\n\t]/gu

export function readReportValues({ reason = '', words = '' }: Fields): ReportValues {
  const lines = words.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(control, '')
  return { reason, words: lines.toWellFormed().trim() }
}

export function readReport(
  typed: Fields,
): { ok: true; value: TypedReport } | { ok: false; faults: ReportFault[] } {
  const { reason, words } = readReportValues(typed)
  const faults: ReportFault[] = []
  if (reason === 'other' && words === '')
    faults.push({ field: 'words', message: 'report.fault.words' })
  if (words.length > longestWords) faults.push({ field: 'words', message: 'report.fault.long' })
  if (!isReportReason(reason)) {
    return { ok: false, faults: [{ field: 'reason', message: 'report.fault.reason' }, ...faults] }
  }
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, value: { reason, words, isTrapped: (typed[honeypot] ?? '') !== '' } }
}

/** As people copy it from the list: "No. 1,234". 0 for what is no number. */
export function readNumber(typed: string): number {
  const digits = typed.replaceAll(/\D/g, '')
  return digits.length > 9 ? 0 : Number(digits)
}
