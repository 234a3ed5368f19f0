// Use case: the edition that says what list and texts say now: the newest one, or a new one.
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { countsOf } from '../signatories/counts.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import { collationOf } from '../text/collation.ts'
import type { Edition } from './edition.ts'
import { listEditions } from './edition-store.ts'
import { isInSameOrder } from './entry-store.ts'
import { makeEdition } from './make-edition.ts'
import { makeFiles, type MakesFiles } from './make-files.ts'

export interface OfNow {
  statement: Statement
  edition: Edition
}

/** @returns null for a draft, which nobody can have signed */
export async function editionOfNow(
  ctx: MakesFiles & Pick<Context, 'random'>,
  statementId: string,
  actor: string,
): Promise<OfNow | null> {
  for (;;) {
    const statement = await findStatementById(ctx.db, statementId)
    if (!statement || statusAt(statement, ctx.clock.now()) === 'draft') return null
    const [newest] = await listEditions(ctx.db, statementId)
    if (newest && (await isOfNow(ctx.db, statement, newest))) {
      await makeFiles(ctx, newest.id)
      return { statement, edition: newest }
    }
    const how = { reason: 'on-demand', actor } as const
    // of two who want one at the same moment, one makes it
    const made = await makeEdition(ctx, statementId, how, ([last]) => last?.id === newest?.id)
    // somebody may have signed since, but what was made is whole
    if (made && hasTextsOf(made, statement)) return { statement, edition: made }
  }
}

/** One from which a name was taken out since tells the numbers of before. */
async function isOfNow(db: Db, statement: Statement, edition: Edition): Promise<boolean> {
  return (
    hasTextsOf(edition, statement) &&
    isDeepStrictEqual(edition.counts, await countsOf(db, statement)) &&
    // who is put first moves no number
    isInSameOrder(db, edition, collationOf(statement.authoritative))
  )
}

function hasTextsOf({ heads }: Edition, { versions }: Statement): boolean {
  return versions.every(({ language, hash }) => {
    const head = heads[language]
    return head === undefined || head.sha256 === hash
  })
}
