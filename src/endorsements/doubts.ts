// Which flags a corrected name has: its own, those that only the statement can give (a protected name,
// one that was removed), and the signs of abuse there were before, which no correction takes away (product.md S-1, S-6).
import { isAbuse } from '../abuse/signals.ts'
import { mayImpersonate } from '../abuse/protect-names.ts'
import type { Context } from '../context.ts'
import { isRemovedName } from '../reports/removed-names.ts'
import { findStatementById } from '../statements/find-statement.ts'
import type { Details, Endorsement, Flag } from './endorsement.ts'

/** No correction takes away these: there may be the same organisation already, or it came late. */
const isKept = (flag: Flag) => isAbuse(flag) || flag === 'similar-name' || flag === 'late'

/** @param typed the flags of the name itself */
export async function flagsAfter(
  ctx: Pick<Context, 'db' | 'vault'>,
  own: Endorsement,
  details: Details,
  typed: Flag[],
): Promise<Flag[]> {
  const { db } = ctx
  const statement = await findStatementById(db, own.statementId)
  const impersonates = statement !== null && (await mayImpersonate(db, statement, details))
  const doubts: Flag[] = impersonates ? ['protected-name'] : []
  if (await isRemovedName(db, ctx, own.statementId, details.name)) doubts.push('removed-name')
  return [...new Set([...own.flags.filter(isKept), ...typed, ...doubts])]
}
