// What has changed in a text since somebody confirmed an endorsement of it: each correction and each
// new text stays to be seen, with what stood there before (product.md C-7).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { differenceOf, type Piece } from '../text/difference.ts'
import type { LanguageVersion } from './statement.ts'
import type { Statement, TextVersion } from './stored-statement.ts'
import { findTextVersion, listChanges, setAsking, writeChange } from './text-store.ts'

export { holdAsking, listAsking } from './text-store.ts'

/** @param change `isAsking`: who stands behind the text from before is asked about this one */
export async function noteChange(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  change: { statementId: string; from: string; to: string; reason: string; isAsking: boolean },
): Promise<void> {
  await writeChange(tx, {
    text_version_id: change.to,
    statement_id: change.statementId,
    previous_id: change.from,
    reason: change.reason,
    asking: change.isAsking ? 1 : null,
    changed_at: clock.now().toISOString(),
  })
}

/** Some may have signed an earlier text since all were asked. */
export async function askAgain(tx: Db, statementId: string): Promise<void> {
  await setAsking(tx, statementId, true)
}

export async function endAsking(tx: Db, statementId: string): Promise<void> {
  await setAsking(tx, statementId, false)
}

export interface TextChange {
  /** whether it changed what the statement says */
  isNewText: boolean
  before: TextVersion
  after: TextVersion
  reason: string
  changedAt: string
}

/** Newest first. */
export async function textChangesOf(db: Db, { id }: Statement): Promise<TextChange[]> {
  const changes: TextChange[] = []
  for (const row of await listChanges(db, id)) {
    const before = await findTextVersion(db, row.previous_id)
    const after = await findTextVersion(db, row.text_version_id)
    if (!before || !after) continue
    const isNewText = after.meaning > before.meaning
    changes.push({ isNewText, before, after, reason: row.reason, changedAt: row.changed_at })
  }
  return changes
}

export async function hasTextChanges(db: Db, statementId: string): Promise<boolean> {
  return (await listChanges(db, statementId)).length > 0
}

/** Everything that a reader sees of a text, for comparing it with another. */
export const wholeOf = ({ title, summary, body }: Omit<LanguageVersion, 'language'>) =>
  [title, summary, body].filter((part) => part !== '').join('\n\n')

const shownAround = 120

/** What is different, with only so much of what stayed the same as stands next to it. */
export function changesBetween(before: TextVersion, after: TextVersion): Piece[] {
  const pieces = differenceOf(wholeOf(before), wholeOf(after))
  return pieces.map((piece, n) => {
    const isLong = piece.kind === 'same' && piece.text.length > 2 * shownAround
    if (!isLong) return piece
    // whole words, where there are spaces between them
    const start = n === 0 ? '' : piece.text.slice(0, shownAround).replace(/\s\S*$/, '')
    const isLast = n === pieces.length - 1
    const end = isLast ? '' : piece.text.slice(-shownAround).replace(/^\S*\s/, '')
    return { ...piece, text: `${start} … ${end}` }
  })
}
