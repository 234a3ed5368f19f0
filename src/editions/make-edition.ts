// Use case: freezing the list as it is now, under the next number.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { languages } from '../languages/languages.ts'
import { countsOf } from '../signatories/counts.ts'
import { aboutOf } from '../signatories/files.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import { changesSince } from './changes.ts'
import type { Edition, Reason } from './edition.ts'
import { holdStatement, insertEdition, listEditions } from './edition-store.ts'
import { copyList } from './entry-store.ts'
import { makeFiles, type MakesFiles } from './make-files.ts'

/**
 * Freezes list and counts in one transaction, and makes the files afterwards, from what was frozen.
 * @param isStillDue asked when nobody else can make one: so two who find the same one due make one
 * @returns null when it is not due any more, or there is no such statement, or only a draft
 */
export async function makeEdition(
  ctx: MakesFiles & Pick<Context, 'random'>,
  statementId: string,
  { reason, actor }: { reason: Reason; actor: string },
  isStillDue: (editions: Edition[]) => boolean = () => true,
): Promise<Edition | null> {
  const made = await ctx.db.transaction().execute(async (tx) => {
    await holdStatement(tx, statementId)
    const statement = await findStatementById(tx, statementId)
    const editions = await listEditions(tx, statementId)
    const now = ctx.clock.now()
    if (!statement || statusAt(statement, now) === 'draft' || !isStillDue(editions)) return null
    const counts = await countsOf(tx, statement)
    const edition: Edition = {
      id: ctx.random.id(),
      statementId,
      number: (editions[0]?.number ?? 0) + 1,
      reason,
      madeAt: now.toISOString(),
      counts,
      changes: editions[0] ? await changesSince(tx, editions[0], counts) : null,
      heads: headsOf(statement, now),
      revision: 0,
      issuedAt: now.toISOString(),
      isComplete: false,
    }
    await insertEdition(tx, edition)
    await copyList(tx, edition)
    const detail = { edition: edition.number, reason }
    await record(tx, ctx, { actor, action: 'edition made', subject: statement.slug, detail })
    return edition
  })
  if (made) await makeFiles(ctx, made.id)
  return made
}

function headsOf(statement: Statement, now: Date): Edition['heads'] {
  return Object.fromEntries(languages.map(({ code }) => [code, aboutOf(statement, code, now)]))
}
