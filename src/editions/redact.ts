// Takes names out of all editions, in the transaction in which they leave the list (product.md P-7).
// Of the files only the hashes stay; they are made anew within the minute.
import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { RedactionReason } from './edition.ts'
import { findNaming, insertCorrection } from './correction-store.ts'
import { holdStatement, noteRedaction } from './edition-store.ts'
import { blankEntries, listNaming, type Whose } from './entry-store.ts'
import { dropFiles } from './file-store.ts'

export { holdStatement }

export async function redact(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  whose: Whose,
  reason: RedactionReason,
): Promise<void> {
  const at = clock.now().toISOString()
  for (const { id, n } of await listNaming(tx, whose)) {
    await noteRedaction(tx, id, at)
    await blankEntries(tx, id, whose)
    await dropFiles(tx, id, at)
    await insertCorrection(tx, { id: randomUUID(), edition_id: id, at, reason, n, number: null })
  }
}

/** What stands in editions stays; that the name is another one now is told beside them. */
export async function noteRenamed(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  endorsementId: string,
): Promise<void> {
  const named = await findNaming(tx, endorsementId)
  if (!named) return
  const { id: edition_id, number } = named
  const at = clock.now().toISOString()
  await insertCorrection(tx, { id: randomUUID(), edition_id, at, reason: 'renamed', n: 1, number })
}
