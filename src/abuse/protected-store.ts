// The only SQL about the names that the whole site protects: one row of `installation`.
import type { Db } from '../db/schema.ts'

const rowName = 'protected names'

export async function readSiteNames(db: Db): Promise<string[]> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', rowName)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as string[]) : []
}

export async function writeSiteNames(db: Db, names: string[]): Promise<void> {
  const value = JSON.stringify(names)
  await db
    .insertInto('installation')
    .values({ name: rowName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
