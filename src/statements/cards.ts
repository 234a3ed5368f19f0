// A statement in a list: what home and archive show of it.
import type { Context } from '../context.ts'
import { type Counts, countsOfAll } from '../signatories/counts.ts'
import { endOf, inLanguage, type Statement, statusAt, versionFor } from './stored-statement.ts'

export async function cardsOf(ctx: Context, statements: Statement[], language: string) {
  const counts = await countsOfAll(ctx.db, statements)
  return statements.map((statement) => {
    const text = versionFor(statement, language)
    return {
      slug: statement.slug,
      title: inLanguage(text.title, text.language),
      summary: inLanguage(text.summary, text.language),
      kind: statement.kind,
      status: statusAt(statement, ctx.clock.now()),
      closesAt: endOf(statement),
      dated: statement.dated,
      counts: counts.get(statement.id) as Counts,
      authoritativeLanguage: statement.authoritative,
      convenors: statement.convenors.map((convenor) => convenor.name),
    }
  })
}
