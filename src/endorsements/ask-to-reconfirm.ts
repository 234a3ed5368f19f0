// Use case: the text of a statement says something new, and everyone who endorsed it is asked by mail
// whether they stand behind it (product.md C-7). Whether it is still a question, the worker decides.
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { dueAtTurn, roomAt } from '../mail/pace.ts'
import { queueMailOnce } from '../mail/queue.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { newestMeaning } from '../statements/stored-statement.ts'
import { endAsking, holdAsking, listAsking } from '../statements/text-changes.ts'
import { findToAsk, hasPending, markAsked, type Newest } from './reconfirm-store.ts'

type Needs = Pick<Context, 'db' | 'vault' | 'clock' | 'random' | 'config'>

/** Run every minute, on one machine or more: puts the next mails into the outbox. */
export async function askToReconfirm(ctx: Needs): Promise<void> {
  for (const statementId of await listAsking(ctx.db)) {
    await retryDeadlocks(() => askSome(ctx, statementId))
  }
}

async function askSome(ctx: Needs, statementId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await holdAsking(tx, statementId))) return
    const statement = await findStatementById(tx, statementId)
    if (!statement) return
    const newest = { statementId, meaning: newestMeaning(statement) }
    const now = ctx.clock.now()
    const room = await roomAt(tx, now)
    const next = await findToAsk(tx, newest, room)
    for (const [n, row] of next.entries()) {
      await askOne(tx, ctx, newest, row, dueAtTurn(now, n))
    }
    const isOver = room > 0 && next.length === 0 && !(await hasPending(tx, newest))
    if (isOver) await endAsking(tx, statementId)
  })
}

type Row = Awaited<ReturnType<typeof findToAsk>>[number]

async function askOne(
  tx: Db,
  ctx: Needs,
  { statementId, meaning }: Newest,
  row: Row,
  dueAt: Date,
): Promise<void> {
  if (!(await markAsked(tx, row.id, meaning))) return
  await queueMailOnce(tx, ctx, {
    kind: 'reconfirm',
    recipient: ctx.vault.open('address', row.address_hash, row.address_sealed),
    language: row.language,
    statementId,
    endorsementId: row.id,
    dueAt,
  })
}
