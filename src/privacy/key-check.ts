// Fails closed when the secret key is not the one this database was made with.
import type { Db } from '../db/schema.ts'
import type { Vault } from './vault.ts'

export class KeyDoesNotFit extends Error {
  constructor() {
    super(
      'SECRET_KEY is not the key this database was made with. Nothing was changed. ' +
        'Set the key that was used before (see docs/operating.md, "The secret key").',
    )
  }
}

/** Seals a known text at the first start; at every later start that text must open again. */
export async function checkSecretKey(db: Db, vault: Vault): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: 'key check', value: vault.seal('installation', 'key check', 'undersigned') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', 'key check')
    .executeTakeFirstOrThrow()
  try {
    vault.open('installation', 'key check', value)
  } catch {
    throw new KeyDoesNotFit()
  }
}
