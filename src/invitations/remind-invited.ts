// Use case: reminding those who have not answered, by hand or by itself before a statement closes. At
// most so many times, and never soon after the mail before; nobody looks whether mails are opened.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import { maySign, type Statement } from '../statements/stored-statement.ts'
import { daysBeforeClosing } from './invitation.ts'
import { countReminder, listToRemind } from './invitation-store.ts'
import { rulesOf } from './reminder-rules.ts'

const dayMs = 86_400_000

/** @returns how many reminders were put into the outbox */
export async function remindInvited(
  ctx: Context,
  { id: statementId, slug }: Pick<Statement, 'id' | 'slug'>,
  actor: string,
): Promise<number> {
  const now = ctx.clock.now()
  const { most, days } = await rulesOf(ctx.db, statementId)
  const mailedBefore = new Date(now.getTime() - days * dayMs).toISOString()
  const today = now.toISOString().slice(0, 10)
  const wanted = { statementId, today, mailedBefore, most }
  return ctx.db.transaction().execute(async (tx) => {
    let reminded = 0
    for (const row of await listToRemind(tx, ctx.vault, wanted)) {
      if (!(await countReminder(tx, row, now.toISOString()))) continue
      reminded += 1
      await queueMail(tx, ctx, {
        kind: 'invitation-reminder',
        recipient: row.invited.email,
        language: row.language,
        statementId,
        endorsementId: null,
      })
    }
    if (reminded > 0) {
      await record(tx, ctx, {
        actor,
        action: 'invited reminded',
        subject: slug,
        detail: { reminded },
      })
    }
    return reminded
  })
}

/** For every statement that closes soon. */
export async function remindBeforeClosing(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const soon = new Date(now.getTime() + daysBeforeClosing * dayMs).toISOString()
  for (const statement of await listAllStatements(ctx.db)) {
    const { closesAt } = statement
    if (closesAt === null || closesAt.instant > soon || !maySign(statement, now)) continue
    await remindInvited(ctx, statement, 'system')
  }
}
