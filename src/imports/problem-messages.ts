// What is wrong with a row or a file, in a person's language.
import { faultMessages } from '../endorsements/fault-messages.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { MessageKey, Translate } from '../languages/languages.ts'
import type { RowFault, RowValues } from './read-row.ts'
import type { SheetFault } from './sheet.ts'

/** In a sheet nothing can be chosen, so these are told in other words than in the form. */
const own = new Set([
  'country.required',
  'country.unknown',
  'email.required',
  'visibility.unknown',
  'type.required',
])
const longestQuote = 40

export function problemsOf(
  faults: RowFault[],
  values: RowValues,
  type: EndorserType,
  t: Translate,
): { field: string; reason: string }[] {
  return faults.map((fault) => {
    const key = `${fault.field}.${fault.reason}`
    if (fault.reason === 'refused' || own.has(key)) {
      const cell = (values[fault.field as keyof RowValues] ?? '').trim().slice(0, longestQuote)
      return {
        field: fault.field,
        reason: t(`desk.imports.problem.${key}` as MessageKey, { cell }),
      }
    }
    const [told] = faultMessages([fault], type, t)
    return { field: fault.field, reason: told?.message ?? fault.reason }
  })
}

export function sheetFaultMessage({ reason, n }: SheetFault, t: Translate): string {
  return t(`desk.imports.fault.${reason}` as MessageKey, { n })
}
