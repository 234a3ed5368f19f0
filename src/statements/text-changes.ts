// What has changed in a text since somebody confirmed an endorsement of it: each correction and each
// new text stays to be seen, with what stood there before (product.md C-7).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Statement, TextVersion } from './stored-statement.ts'
import { findTextVersion, listChanges, setAsking, writeChange } from './text-store.ts'

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

/** Some have signed an earlier text since all were asked. */
export async function askAgain(tx: Db, statementId: string): Promise<void> {
  await setAsking(tx, statementId, true)
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
