// Proof that a form of the desk was sent from the desk: other sites can neither read the key nor, in
// today's browsers, send without saying where they come from.
import { timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import type { Config } from '../config.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Vault } from '../privacy/vault.ts'

export const formKeyField = 'form_key'

export function formKeyOf(vault: Vault, sessionId: string): string {
  return vault.hash('form', sessionId, 'desk')
}

export function hasFormKey(req: Request, formKey: string): boolean {
  const sent = Buffer.from(fieldsOf(req)[formKeyField] ?? '')
  const expected = Buffer.from(formKey)
  return sent.length === expected.length && timingSafeEqual(sent, expected)
}

/** All there is before signing in, and one more lock behind it. Programs that are no browsers say nothing, and are nobody's browser. */
export function isFromHere(req: Request, { baseUrl }: Pick<Config, 'baseUrl'>): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = req.get('origin')
  return origin === undefined || origin === 'null' || origin === new URL(baseUrl).origin
}
