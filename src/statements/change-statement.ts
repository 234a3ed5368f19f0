// Changes of a statement that other features make.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { writeStatement } from './statement-store.ts'
import type { Statement } from './stored-statement.ts'
import type { NamesHidden } from './tables.ts'

type Needs = Pick<Context, 'clock'>

/** Hidden for everyone stays hidden for everyone. */
export async function noteNamesHidden(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  whose: NamesHidden,
): Promise<void> {
  const now = clock.now().toISOString()
  await writeStatement(tx, {
    ...statement,
    namesHidden: statement.namesHidden === 'everyone' ? 'everyone' : whose,
    namesHiddenAt: now,
    updatedAt: now,
  })
}

/** Signing rests; confirming what was signed goes on. */
export async function pauseStatement(tx: Db, { clock }: Needs, statement: Statement) {
  const now = clock.now().toISOString()
  await writeStatement(tx, { ...statement, pausedAt: statement.pausedAt ?? now, updatedAt: now })
}

/** With `extends`, the deadline moves by the time that signing rested. */
export async function resumeStatement(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  extending: boolean,
): Promise<void> {
  const now = clock.now()
  const { pausedAt, closesAt } = statement
  const restedMs = pausedAt === null ? 0 : now.getTime() - Date.parse(pausedAt)
  const moved = closesAt && {
    ...closesAt,
    instant: new Date(Date.parse(closesAt.instant) + restedMs).toISOString(),
  }
  await writeStatement(tx, {
    ...statement,
    pausedAt: null,
    closesAt: extending ? moved : closesAt,
    updatedAt: now.toISOString(),
  })
}

export async function setProtectedNames(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  protectedNames: string[],
): Promise<void> {
  await writeStatement(tx, { ...statement, protectedNames, updatedAt: clock.now().toISOString() })
}
