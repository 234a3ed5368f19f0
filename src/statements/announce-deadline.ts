// Use case: a deadline has moved, and those who follow the statement are to know of it.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Statement } from './stored-statement.ts'

/** In the transaction that moves it. @param before the statement with its old deadline */
export async function announceDeadline(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  before: Statement,
  closesAt: NonNullable<Statement['closesAt']>,
  actor: string,
): Promise<void> {
  const detail = { from: before.closesAt?.instant ?? null, to: closesAt.instant }
  const subject = before.slug
  await record(tx, { clock }, { actor, action: 'deadline moved', subject, detail })
}
