// The only SQL about mail allowances.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { AllowanceKind, MailTables } from './tables.ts'

type Row = Selectable<MailTables['mail_allowances']>

export async function readAllowance(
  db: Db,
  addressHash: string,
  kind: AllowanceKind,
): Promise<Row | null> {
  const row = await db
    .selectFrom('mail_allowances')
    .selectAll()
    .where('address_hash', '=', addressHash)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row ?? null
}

export async function writeAllowance(db: Db, row: Row): Promise<void> {
  const { address_hash: _, kind: __, ...counted } = row
  await db
    .insertInto('mail_allowances')
    .values(row)
    .onConflict((conflict) => conflict.columns(['address_hash', 'kind']).doUpdateSet(counted))
    .execute()
}

export async function deleteExpiredAllowances(db: Db, now: string): Promise<number> {
  const result = await db
    .deleteFrom('mail_allowances')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
