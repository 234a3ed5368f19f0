// The only SQL about the files of editions.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EditionTables } from './tables.ts'

export type EditionFile = Selectable<EditionTables['edition_files']>
export type FileKey = Pick<EditionFile, 'edition_id' | 'language' | 'format'>

/** Who makes the same file at the same moment makes the same bytes. */
export async function insertPiece(
  tx: Db,
  key: FileKey,
  position: number,
  content: string,
): Promise<void> {
  await tx
    .insertInto('edition_pieces')
    .values({ ...key, position, content })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function insertFile(tx: Db, file: EditionFile): Promise<void> {
  await tx
    .insertInto('edition_files')
    .values(file)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function listFiles(db: Db, editionId: string): Promise<EditionFile[]> {
  return db
    .selectFrom('edition_files')
    .selectAll()
    .where('edition_id', '=', editionId)
    .orderBy('language')
    .orderBy('format')
    .execute()
}

/** @returns null after the last */
export async function readPiece(db: Db, key: FileKey, position: number): Promise<string | null> {
  const row = await db
    .selectFrom('edition_pieces')
    .select('content')
    .where('edition_id', '=', key.edition_id)
    .where('language', '=', key.language)
    .where('format', '=', key.format)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.content ?? null
}

/** Of all files of an edition the hashes stay, and nothing else. */
export async function dropFiles(tx: Db, editionId: string, replacedAt: string): Promise<void> {
  for (const { edition_id, language, format, sha256 } of await listFiles(tx, editionId)) {
    await tx
      .insertInto('edition_former_files')
      .values({ edition_id, language, format, sha256, replaced_at: replacedAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await tx.deleteFrom('edition_pieces').where('edition_id', '=', editionId).execute()
  await tx.deleteFrom('edition_files').where('edition_id', '=', editionId).execute()
}

export interface FormerFile {
  sha256: string
  language: string
  format: string
  replaced_at: string
}

export async function listFormer(db: Db, editionId: string): Promise<FormerFile[]> {
  return db
    .selectFrom('edition_former_files')
    .select(['sha256', 'language', 'format', 'replaced_at'])
    .where('edition_id', '=', editionId)
    .orderBy('replaced_at', 'desc')
    .orderBy('language')
    .orderBy('format')
    .execute()
}

export interface KnownFile {
  edition_id: string
  number: number
  language: string
  format: string
  /** null: it is the file as it is handed out now */
  replaced_at: string | null
}

/** Editions of the same entries have the same files. Those handed out now first, then the newest. */
export async function listByHash(db: Db, sha256: string): Promise<KnownFile[]> {
  const current = await db
    .selectFrom('edition_files as f')
    .innerJoin('editions as e', 'e.id', 'f.edition_id')
    .select(['f.edition_id', 'e.number', 'f.language', 'f.format'])
    .where('f.sha256', '=', sha256)
    .orderBy('e.number', 'desc')
    .execute()
  const former = await db
    .selectFrom('edition_former_files as f')
    .innerJoin('editions as e', 'e.id', 'f.edition_id')
    .select(['f.edition_id', 'e.number', 'f.language', 'f.format', 'f.replaced_at'])
    .where('f.sha256', '=', sha256)
    .orderBy('e.number', 'desc')
    .execute()
  return [...current.map((file) => ({ ...file, replaced_at: null })), ...former]
}
