// What has been corrected in a text since somebody confirmed an endorsement of it: each correction
// stays to be seen, with what stood there before (product.md C-7).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Statement, TextVersion } from './stored-statement.ts'
import { findTextVersion, listChanges, writeChange } from './text-store.ts'

export async function noteCorrection(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  change: { statementId: string; from: string; to: string; reason: string },
): Promise<void> {
  await writeChange(tx, {
    text_version_id: change.to,
    statement_id: change.statementId,
    previous_id: change.from,
    reason: change.reason,
    changed_at: clock.now().toISOString(),
  })
}

export interface TextChange {
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
    changes.push({ before, after, reason: row.reason, changedAt: row.changed_at })
  }
  return changes
}

export async function hasTextChanges(db: Db, statementId: string): Promise<boolean> {
  return (await listChanges(db, statementId)).length > 0
}
