// Use cases: a sheet that was uploaded, pasted or typed waits for its coordinator, for a day.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { upToTheMinute } from '../text/minutes.ts'
import { guessMapping } from './columns.ts'
import { deleteDraftsBefore, insertDraft } from './draft-store.ts'
import { readSheet } from './read-sheet.ts'
import type { SheetFault } from './sheet.ts'
import type { ImportSource } from './tables.ts'

/** How long a sheet waits. */
export const hours = 24

export type Kept = { ok: true; id: string } | ({ ok: false } & SheetFault)

export async function keepSheet(
  ctx: Context,
  statement: Statement,
  { bytes, source, by }: { bytes: Buffer; source: ImportSource; by: string },
): Promise<Kept> {
  const read = await readSheet(bytes)
  if (!read.ok) return read
  const { sheet, hash } = read
  const id = ctx.random.id()
  const mapping = guessMapping(sheet.headings, typesFor(statement))
  const expiresAt = upToTheMinute(new Date(ctx.clock.now().getTime() + hours * 3_600_000))
  const draft = { id, statementId: statement.id, coordinatorId: by, source, hash, sheet, mapping }
  await insertDraft(ctx.db, ctx.vault, draft, expiresAt)
  return { ok: true, id }
}

export async function forgetDrafts(tx: Db, now: Date): Promise<{ sheets: number }> {
  return { sheets: await deleteDraftsBefore(tx, now.toISOString()) }
}
