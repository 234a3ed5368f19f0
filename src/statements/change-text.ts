// Gives a language version another text: in place while nobody can have read it, else as a new text
// version, so that every endorsement keeps naming the words it was given for (product.md C-7, P-5).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { foldForSearch } from '../text/fold.ts'
import type { LanguageVersion } from './statement.ts'
import { textHash } from './statement-text.ts'
import { type Statement, statusAt } from './stored-statement.ts'
import { addTextVersion, hasEndorsements, replaceText } from './text-store.ts'

type Needs = Pick<Context, 'clock' | 'random'>

/** @returns the number of the new text version, null when these words were the last version's */
export async function makeCurrent(
  tx: Db,
  { clock, random }: Needs,
  statementId: string,
  version: LanguageVersion,
  meaning: number,
): Promise<{ id: string; number: number | null }> {
  const text = { ...version, id: random.id(), hash: textHash(version), meaning }
  const times = { searchText: searchTextOf(version), createdAt: clock.now().toISOString() }
  return addTextVersion(tx, statementId, text, times)
}

export interface ChangedText {
  id: string
  /** the one that was public until now; null when there was none, or it was changed in place */
  previousId: string | null
  number: number | null
}

/**
 * @param statement locked by the caller's transaction
 * @param meaning see TextVersion
 */
export async function changeText(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  version: LanguageVersion,
  meaning: number,
): Promise<ChangedText> {
  const known = statement.versions.find(({ language }) => language === version.language)
  const isDraft = statusAt(statement, ctx.clock.now()) === 'draft'
  if (known && isDraft && !(await hasEndorsements(tx, known.id))) {
    const hash = textHash(version)
    await replaceText(tx, { ...version, id: known.id, hash }, searchTextOf(version))
    return { id: known.id, previousId: null, number: known.number }
  }
  const { id, number } = await makeCurrent(tx, ctx, statement.id, version, meaning)
  return { id, previousId: known && known.id !== id ? known.id : null, number }
}

function searchTextOf({ title, summary, body }: LanguageVersion): string {
  return foldForSearch(`${title} ${summary} ${body}`)
}
