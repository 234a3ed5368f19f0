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

/** With `extending`, the deadline moves by the time that signing rested. */
export async function resumeStatement(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  extending: boolean,
): Promise<Statement> {
  const { pausedAt, closesAt } = statement
  const moved = extending && pausedAt !== null ? later(closesAt, pausedAt, clock.now()) : closesAt
  const updatedAt = clock.now().toISOString()
  const resumed = { ...statement, pausedAt: null, closesAt: moved, updatedAt }
  await writeStatement(tx, resumed)
  return resumed
}

/** Moves the deadline by the time that has gone by since an instant. */
export async function moveDeadline(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  since: string,
): Promise<void> {
  const now = clock.now()
  const closesAt = later(statement.closesAt, since, now)
  await writeStatement(tx, { ...statement, closesAt, updatedAt: now.toISOString() })
}

function later(closesAt: Statement['closesAt'], since: string, now: Date): Statement['closesAt'] {
  if (closesAt === null) return null
  const ms = Math.max(0, now.getTime() - Date.parse(since))
  return { ...closesAt, instant: new Date(Date.parse(closesAt.instant) + ms).toISOString() }
}

export async function setProtectedNames(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  protectedNames: string[],
): Promise<void> {
  await writeStatement(tx, { ...statement, protectedNames, updatedAt: clock.now().toISOString() })
}

export async function setProofOfWork(
  tx: Db,
  { clock }: Needs,
  statement: Statement,
  proofOfWork: boolean,
): Promise<void> {
  await writeStatement(tx, { ...statement, proofOfWork, updatedAt: clock.now().toISOString() })
}
