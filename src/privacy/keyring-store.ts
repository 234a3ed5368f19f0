// The only SQL about the keyring, which is one row of `installation`.
import type { Db } from '../db/schema.ts'
import type { Ring } from './keyring.ts'

const ringName = 'keyring'
const formerCheckName = 'key check'

/** The row as it is stored, to notice changes by; null when there is none. */
export async function readRingText(db: Db): Promise<string | null> {
  return readValue(db, ringName)
}

export function parseRing(text: string): Ring {
  return JSON.parse(text) as Ring
}

/** What version 0.1 sealed to recognise its key; null in newer databases. */
export async function readFormerCheck(db: Db): Promise<string | null> {
  return readValue(db, formerCheckName)
}

/** Whoever is first makes it; the other one finds it made. */
export async function insertRing(db: Db, ring: Ring): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: ringName, value: JSON.stringify(ring) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db.deleteFrom('installation').where('name', '=', formerCheckName).execute()
}

/** Only while it is as it was read; false: somebody was faster. */
export async function replaceRing(db: Db, read: string, ring: Ring): Promise<boolean> {
  const result = await db
    .updateTable('installation')
    .set({ value: JSON.stringify(ring) })
    .where('name', '=', ringName)
    .where('value', '=', read)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Whether there is anything that only a lost ring could open. */
export async function hasEndorsements(db: Db): Promise<boolean> {
  const row = await db.selectFrom('endorsements').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

export async function hasInstallation(db: Db): Promise<boolean> {
  const tables = await db.introspection.getTables()
  return tables.some((table) => table.name === 'installation')
}

async function readValue(db: Db, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value ?? null
}
