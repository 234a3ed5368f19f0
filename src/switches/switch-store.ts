// The only SQL about switches.
import type { Db } from '../db/schema.ts'
import type { SwitchName } from './tables.ts'

export async function readSwitches(db: Db): Promise<Map<SwitchName, string>> {
  const rows = await db.selectFrom('switches').selectAll().execute()
  return new Map(rows.map((row) => [row.name, row.since]))
}

export async function writeSwitch(db: Db, name: SwitchName, since: string): Promise<void> {
  await db
    .insertInto('switches')
    .values({ name, since })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteSwitch(db: Db, name: SwitchName): Promise<boolean> {
  const result = await db.deleteFrom('switches').where('name', '=', name).executeTakeFirst()
  return result.numDeletedRows > 0n
}
