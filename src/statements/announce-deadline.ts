// Use case: a deadline has moved, and those who follow the statement are told of it.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { tellOfDeadline } from '../updates/tell-of-deadline.ts'
import type { Statement } from './stored-statement.ts'

/** In the transaction that moves it. @param before the statement with its old deadline */
export async function announceDeadline(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  before: Statement,
  closesAt: NonNullable<Statement['closesAt']>,
  actor: string,
): Promise<void> {
  const detail = { from: before.closesAt?.instant ?? null, to: closesAt.instant }
  const subject = before.slug
  await record(tx, ctx, { actor, action: 'deadline moved', subject, detail })
  await tellOfDeadline(tx, ctx, before, closesAt)
}
