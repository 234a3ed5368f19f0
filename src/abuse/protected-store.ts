// The only SQL about the names that the whole site protects: one row of `installation`.
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'

const rowName = 'protected names'

const siteRow = compileOnce((db) =>
  db.selectFrom('installation').select('value').where('name', '=', rowName),
)

export async function readSiteNames(db: Db): Promise<string[]> {
  const [row] = (await siteRow(db)).rows
  return row ? (JSON.parse(row.value) as string[]) : []
}

/** Reads them and keeps everyone else from changing them until the transaction ends. */
export async function lockSiteNames(tx: Db): Promise<string[]> {
  const row = await tx
    .insertInto('installation')
    .values({ name: rowName, value: '[]' })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('installation.value') })),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.value) as string[]
}

/** Of a row that was locked, and so is there. */
export async function writeSiteNames(tx: Db, names: string[]): Promise<void> {
  const value = JSON.stringify(names)
  await tx.updateTable('installation').set({ value }).where('name', '=', rowName).execute()
}
