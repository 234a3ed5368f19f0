// The secret key for a database: never a new one for a database that has keys already.
import type { Db } from '../db/schema.ts'
import { checkKey, hasKeys, KeyDoesNotFit } from './open-vault.ts'
import { readSecretKey } from './read-secret-key.ts'
import { findSecretKey, keyFile } from './secret-key.ts'

/** Throws KeyDoesNotFit, having changed and made nothing. */
export async function secretFor(db: Db, setting: string | null): Promise<string> {
  if (readSecretKey(setting) === null && (await hasKeys(db))) {
    throw new KeyDoesNotFit(
      `SECRET_KEY is not set and ${keyFile} is missing, but the database was made with a key. ` +
        'Nothing was changed. Set the key that was used before ' +
        '(see docs/operating.md, "The secret key").',
    )
  }
  const secret = findSecretKey(setting)
  await checkKey(db, secret)
  return secret
}
