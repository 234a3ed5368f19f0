// Several times a minute: a statement that has closed gets its edition, and one more when the last of those who
// signed in time have confirmed.
import type { Context } from '../context.ts'
import { countsOf } from '../signatories/counts.ts'
import { findStatementById, listTimes } from '../statements/find-statement.ts'
import { closedSince, graceHours, type Times } from '../statements/stored-statement.ts'
import type { Reason } from './edition.ts'
import { newestOfAll } from './edition-store.ts'
import { makeEdition } from './make-edition.ts'
import { makeMissingFiles, type MakesFiles } from './make-files.ts'

/** for this long after the last confirmation in time it is looked whether anybody came */
const lookHours = 24

type Newest = { madeAt: string; asOf: string }

export async function issueEditions(ctx: MakesFiles & Pick<Context, 'random'>): Promise<void> {
  const newest = await newestOfAll(ctx.db)
  const now = ctx.clock.now()
  for (const times of await listTimes(ctx.db)) {
    const reason = dueReason(times, newest.get(times.id), now)
    if (reason === null) continue
    if (reason === 'grace' && !(await hasChanged(ctx, times.id, newest.get(times.id)))) continue
    await makeEdition(ctx, times.id, { reason, actor: 'system' }, ([last]) => {
      const known = last ? { madeAt: last.madeAt, asOf: last.counts.asOf } : undefined
      return dueReason(times, known, now) === reason
    })
  }
  await makeMissingFiles(ctx)
}

function dueReason(times: Times, newest: Newest | undefined, now: Date): Reason | null {
  const since = closedSince(times, now)
  if (since === null || times.state === 'taken-down') return null
  const closed = since.toISOString()
  if (newest === undefined || newest.madeAt < closed) return 'closing'
  const over = since.getTime() + graceHours * 3_600_000
  const isOver = over <= now.getTime() && now.getTime() < over + lookHours * 3_600_000
  return isOver && Date.parse(newest.madeAt) < over ? 'grace' : null
}

async function hasChanged(
  { db }: Pick<Context, 'db'>,
  statementId: string,
  newest: Newest | undefined,
): Promise<boolean> {
  const statement = await findStatementById(db, statementId)
  if (!statement) return false
  return newest === undefined || (await countsOf(db, statement)).asOf > newest.asOf
}
