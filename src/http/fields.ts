// The fields of a form that was sent (see read-forms.ts): always texts.
import type { Request } from 'express'

export type Fields = Partial<Record<string, string>>

/** Nothing for a request without a form. */
export function fieldsOf(req: Request): Fields {
  return (req.body ?? {}) as Fields
}
