// The only SQL about alarms.
import type { Insertable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { AbuseTables } from './tables.ts'

type Row = Insertable<AbuseTables['alarms']>

/** Notes that an incident goes on; false when there is none that was seen after `calmSince`. */
export async function keepAlarm(
  db: Db,
  { name, subject, last_at }: Pick<Row, 'name' | 'subject' | 'last_at'>,
  calmSince: string,
): Promise<boolean> {
  const result = await db
    .updateTable('alarms')
    .set({ last_at })
    .where('name', '=', name)
    .where('subject', '=', subject)
    .where('last_at', '>', calmSince)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Begins an incident, in one statement: of many at the same time one begins it. */
export async function beginAlarm(db: Db, row: Row, calmSince: string): Promise<boolean> {
  const { raised_at, last_at } = row
  const result = await db
    .insertInto('alarms')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['name', 'subject'])
        .doUpdateSet({ raised_at, last_at })
        .where('alarms.last_at', '<=', calmSince),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}
