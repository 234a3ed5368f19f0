// Use case: the statement has been handed over.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { lockStatement, writeStatement } from './statement-store.ts'
import { statusAt } from './stored-statement.ts'

/** Only a closed statement is delivered. */
export async function deliverStatement(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  slug: string,
  actor = 'system',
): Promise<'delivered' | 'not-closed' | 'not-found'> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    if (statusAt(statement, now) !== 'closed') return 'not-closed'
    const deliveredAt = now.toISOString()
    await writeStatement(tx, { ...statement, state: 'delivered', deliveredAt })
    await record(tx, { clock }, { actor, action: 'statement delivered', subject: slug })
    return 'delivered'
  })
}
