// Use cases: how often a statement reminds those that it has invited.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Fields } from '../http/fields.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { mostReminders, type ReminderRules, restChoices, usualRules } from './invitation.ts'
import { findRules, writeRules } from './invitation-store.ts'

export async function rulesOf(db: Db, statementId: string): Promise<ReminderRules> {
  return (await findRules(db, statementId)) ?? usualRules
}

/** Null when the form is not about it. What is not among the choices is as usual. */
export function readRules(typed: Fields): ReminderRules | null {
  if (typed['rules'] === undefined) return null
  const most = Number(typed['most'])
  const days = restChoices.find((each) => String(each) === typed['days'])
  const isChoice = Number.isInteger(most) && most >= 0 && most <= mostReminders
  return { most: isChoice ? most : usualRules.most, days: days ?? usualRules.days }
}

export async function setRules(
  ctx: Pick<Context, 'db' | 'clock'>,
  { id, slug }: Pick<Statement, 'id' | 'slug'>,
  rules: ReminderRules,
  actor: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await writeRules(tx, id, rules)
    const action = 'reminders set'
    await record(tx, ctx, { actor, action, subject: slug, detail: { ...rules } })
  })
}
