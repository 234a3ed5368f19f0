// The only SQL about sheets that wait between upload and import. They are sealed, and go after a day.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import { openTurns } from '../db/turns.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Mapping } from './columns.ts'
import type { Sheet, SheetRow } from './sheet.ts'
import type { ImportTables } from './tables.ts'

type Row = Selectable<ImportTables['import_drafts']>
export interface Draft {
  id: string
  statementId: string
  coordinatorId: string
  source: Row['source']
  hash: string
  sheet: Sheet
  mapping: Mapping
}

export async function insertDraft(
  db: Db,
  vault: Vault,
  { id, sheet, mapping, ...draft }: Draft,
  expiresAt: string,
): Promise<void> {
  const row: Row = {
    id,
    statement_id: draft.statementId,
    coordinator_id: draft.coordinatorId,
    source: draft.source,
    hash: draft.hash,
    sheet_sealed: vault.seal('sheet', id, await writeSheet(sheet)),
    mapping: JSON.stringify(mapping),
    expires_at: expiresAt,
  }
  await db.insertInto('import_drafts').values(row).execute()
}

type Own = Pick<Draft, 'id' | 'statementId' | 'coordinatorId'>

/** Each coordinator sees their own only. */
export async function findDraft(
  db: Db,
  vault: Vault,
  { id, statementId, coordinatorId }: Own,
  now: string,
): Promise<Draft | null> {
  const row = await db
    .selectFrom('import_drafts')
    .selectAll()
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('coordinator_id', '=', coordinatorId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!row) return null
  const sheet = await openSheet(vault, row)
  const mapping = JSON.parse(row.mapping) as Mapping
  return { id, statementId, coordinatorId, source: row.source, hash: row.hash, sheet, mapping }
}

export async function setMapping(db: Db, id: string, mapping: Mapping): Promise<void> {
  await db
    .updateTable('import_drafts')
    .set({ mapping: JSON.stringify(mapping) })
    .where('id', '=', id)
    .execute()
}

/** Once: false when it was taken already. */
export async function takeDraft(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('import_drafts').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows === 1n
}

export async function deleteDraftsBefore(db: Db, now: string): Promise<number> {
  const result = await db
    .deleteFrom('import_drafts')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Every sheet that waits, whosever it is. */
export async function listSheets(db: Db, vault: Vault): Promise<{ id: string; sheet: Sheet }[]> {
  const rows = await db.selectFrom('import_drafts').select(['id', 'sheet_sealed']).execute()
  const sheets: { id: string; sheet: Sheet }[] = []
  for (const row of rows) sheets.push({ id: row.id, sheet: await openSheet(vault, row) })
  return sheets
}

const rowsPerLine = 500

/** A line with the headings, then lines with some hundred rows: of a long sheet, each takes a moment. */
async function writeSheet({ headings, rows }: Sheet): Promise<string> {
  const turn = openTurns()
  const lines = [JSON.stringify({ headings, rows: [] })]
  for (let from = 0; from < rows.length; from += rowsPerLine) {
    await turn()
    lines.push(JSON.stringify(rows.slice(from, from + rowsPerLine)))
  }
  return lines.join('\n')
}

async function openSheet(
  vault: Vault,
  { id, sheet_sealed }: Pick<Row, 'id' | 'sheet_sealed'>,
): Promise<Sheet> {
  const turn = openTurns()
  const [first = '', ...lines] = vault.open('sheet', id, sheet_sealed).split('\n')
  const { headings, rows } = JSON.parse(first) as Sheet
  for (const line of lines) {
    await turn()
    for (const row of JSON.parse(line) as SheetRow[]) rows.push(row)
  }
  return { headings, rows }
}
