// The only SQL about mail allowances.
import type { Selectable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
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

interface Limits {
  now: string
  /** the last mail must have gone at this instant or before */
  lastBefore: string
  /** or after this one, which is still to come: by a clock that was wrong */
  toCome: string
  most: number
}

/** Counts one more mail if the limits allow it, in one statement: of many at the same time one gets it. */
export async function countOne(db: Db, row: Omit<Row, 'sent'>, limits: Limits): Promise<boolean> {
  const { numAffectedRows } = await putOne(db, row, limits)
  return numAffectedRows === 1n
}

const putOne = compileOnce((db, row: Omit<Row, 'sent'>, limits: Limits) =>
  db
    .insertInto('mail_allowances')
    .values({ ...row, sent: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['address_hash', 'kind'])
        .doUpdateSet((eb) => ({
          sent: eb
            .case()
            .when('mail_allowances.expires_at', '>', limits.now)
            .then(eb('mail_allowances.sent', '+', 1))
            .else(1)
            .end(),
          last_at: row.last_at,
          expires_at: row.expires_at,
        }))
        .where((eb) =>
          eb.or([
            eb('mail_allowances.expires_at', '<=', limits.now),
            eb.and([
              eb('mail_allowances.sent', '<', limits.most),
              eb.or([
                eb('mail_allowances.last_at', '<=', limits.lastBefore),
                eb('mail_allowances.last_at', '>', limits.toCome),
              ]),
            ]),
          ]),
        ),
    ),
)

export async function deleteExpiredAllowances(db: Db, now: string): Promise<number> {
  const result = await db
    .deleteFrom('mail_allowances')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
