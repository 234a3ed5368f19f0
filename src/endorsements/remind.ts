// Use case: one reminder to those who have not confirmed (product.md M-11).
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue.ts'
import { findUnreminded, markReminded } from './endorsement-store.ts'

const afterHours = 48
const atOnce = 500

/** @returns how many reminders were put into the outbox */
export async function remind(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - afterHours * 3_600_000).toISOString()
  return ctx.db.transaction().execute(async (tx) => {
    const rows = await findUnreminded(tx, before, atOnce)
    let reminded = 0
    for (const row of rows) {
      if (!(await markReminded(tx, row.id))) continue
      reminded += 1
      await queueMail(tx, ctx, {
        kind: 'reminder',
        recipient: ctx.vault.open('address', row.address_hash, row.address_sealed),
        language: row.language,
        statementId: row.statement_id,
        endorsementId: row.id,
      })
    }
    return reminded
  })
}
