// The only SQL about switches.
import type { Db } from '../db/schema.ts'
import type { SwitchName } from './tables.ts'

export async function readSwitches(db: Db): Promise<Map<SwitchName, string>> {
  const rows = await db.selectFrom('switches').selectAll().execute()
  return new Map(rows.map((row) => [row.name, row.since]))
}

/** @returns false when it is there already */
export async function writeSwitch(db: Db, name: SwitchName, since: string): Promise<boolean> {
  const result = await db
    .insertInto('switches')
    .values({ name, since })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** @returns since when it was there, null when it was not */
export async function deleteSwitch(db: Db, name: SwitchName): Promise<string | null> {
  const deleted = db.deleteFrom('switches').where('name', '=', name).returning('since')
  return (await deleted.executeTakeFirst())?.since ?? null
}
