// Who stands behind which text, in numbers that everyone may see (product.md C-7, P-11).
import type { Db } from '../db/schema.ts'
import { newestMeaning, type Statement } from '../statements/stored-statement.ts'
import { fewestTold } from './breakdown.ts'
import type { Counts } from './counts.ts'
import { countByMeaning } from './tally-store.ts'

export interface TextCounts {
  /** of each meaning of the text that somebody stands behind, the newest first; null: not told */
  texts: { meaning: number; n: number }[] | null
  /** how many stand behind a text from before; null: some, but the number is not told */
  earlier: number | null
}

/** null while the statement has said but one thing */
export async function textCountsOf(
  db: Db,
  statement: Statement,
  { withheld }: Pick<Counts, 'withheld'>,
): Promise<TextCounts | null> {
  const newest = newestMeaning(statement)
  if (newest === 1) return null
  const counted = await countByMeaning(db, statement.id)
  const hasNewest = counted.some(({ meaning }) => meaning === newest)
  const texts = hasNewest ? counted : [{ meaning: newest, n: 0 }, ...counted]
  return tellableTexts(texts, newest, withheld)
}

/** Small numbers are told only where everyone is named: whoever is not could be worked out. */
function tellableTexts(
  texts: { meaning: number; n: number }[],
  newest: number,
  withheld: number,
): TextCounts {
  const isTold = (n: number) => n === 0 || n >= fewestTold || withheld === 0
  const total = texts.reduce((sum, { n }) => sum + n, 0)
  const present = texts.find(({ meaning }) => meaning === newest)?.n ?? 0
  const earlier = total - present
  return {
    texts: texts.every(({ n }) => isTold(n)) ? texts : null,
    earlier: earlier === 0 || (isTold(earlier) && isTold(present)) ? earlier : null,
  }
}
