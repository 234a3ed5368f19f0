// Use case: the statement has been handed over.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { lockStatement, writeStatement } from './statement-store.ts'
import { statusAt } from './stored-statement.ts'

export type Delivered = 'delivered' | 'not-closed' | 'not-found'

/** Only a closed statement is delivered. */
export async function deliverStatement(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  slug: string,
  actor = 'system',
): Promise<Delivered> {
  const done = await db.transaction().execute((tx) => deliverIn(tx, { clock }, slug, actor))
  return done === 'already' ? 'not-closed' : done
}

/** The same within a transaction; `already` when it had been delivered before. */
export async function deliverIn(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  slug: string,
  actor: string,
): Promise<Delivered | 'already'> {
  const now = clock.now()
  const statement = await lockStatement(tx, slug)
  if (!statement) return 'not-found'
  const status = statusAt(statement, now)
  if (status === 'delivered' || status === 'archived') return 'already'
  if (status !== 'closed') return 'not-closed'
  const deliveredAt = now.toISOString()
  await writeStatement(tx, { ...statement, state: 'delivered', deliveredAt })
  await record(tx, { clock }, { actor, action: 'statement delivered', subject: slug })
  return 'delivered'
}
