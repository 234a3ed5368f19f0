// Databases of version 0.1 had no keyring: everything was derived from SECRET_KEY itself. Its text
// becomes their first data key, so that all that was sealed and every link goes on working.
import { decrypt, derive } from './cipher.ts'

/** The one key of a database of version 0.1; throws WrongKey when this secret is not it. */
export function formerKey(secret: string, check: string): { id: string; key: Buffer } {
  const bytes = Buffer.from(check.slice(check.indexOf('.') + 1), 'base64url')
  decrypt(derive(secret, 'seal installation'), 'key check', bytes)
  return { id: derive(secret, 'key id').toString('hex').slice(0, 12), key: Buffer.from(secret) }
}
