// Makes the files of an edition from its frozen entries: when it is new, and after every redaction. A
// file is kept in pressed pieces, so that neither making nor reading one takes memory.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { languages } from '../languages/languages.ts'
import { openTurns } from '../db/turns.ts'
import { formats, listFormats, type ListFormat } from '../documents/formats.ts'
import type { ListDocument } from '../documents/list-document.ts'
import { editionDocument } from './edition-document.ts'
import type { Edition } from './edition.ts'
import { findEditionById, holdEdition, listIncomplete } from './edition-store.ts'
import { type FileKey, insertFile, insertPiece, readPiece } from './file-store.ts'
import { openSigner, type Sign } from './signing-key.ts'

export type MakesFiles = Pick<Context, 'db' | 'vault' | 'clock' | 'config'>

const press = promisify(deflateRaw)
const unpress = promisify(inflateRaw)

const pieceBytes = 1_000_000
/** An Ed25519 signature needs the whole file at once; larger ones are signed through SHA256SUMS. */
const largestSigned = 20_000_000

/** Those that are new, were redacted, or were interrupted. */
export async function makeMissingFiles(ctx: MakesFiles): Promise<void> {
  for (const id of await listIncomplete(ctx.db)) await makeFiles(ctx, id)
}

/** Stops without a word when the edition is redacted meanwhile: then it is made once more. */
export async function makeFiles(ctx: MakesFiles, id: string): Promise<void> {
  const edition = await findEditionById(ctx.db, id)
  if (!edition || edition.isComplete) return
  const sign = await openSigner(ctx)
  for (const { code: language } of languages) {
    for (const format of listFormats) {
      const document = await editionDocument(ctx, edition, language)
      const isMade = await makeFile(ctx.db, edition, document, format, sign)
      if (!isMade) return
    }
  }
  await holdEdition(ctx.db, edition, { isComplete: true })
}

async function makeFile(
  db: Db,
  edition: Edition,
  document: ListDocument,
  format: ListFormat,
  sign: Sign,
): Promise<boolean> {
  const key: FileKey = { edition_id: edition.id, language: document.language, format }
  const hash = createHash('sha256')
  let whole: Buffer[] | null = []
  let bytes = 0
  let position = 0
  for await (const piece of piecesOf(formats[format].write(document))) {
    hash.update(piece)
    bytes += piece.length
    if (bytes > largestSigned) whole = null
    whole?.push(piece)
    const content = (await press(piece)).toString('base64')
    if (!(await writeIfCurrent(db, edition, (tx) => insertPiece(tx, key, position, content)))) {
      return false
    }
    position += 1
  }
  const signature = whole === null ? null : sign(Buffer.concat(whole)).toString('base64')
  const file = { ...key, bytes, sha256: hash.digest('hex'), signature }
  return writeIfCurrent(db, edition, (tx) => insertFile(tx, file))
}

/** A name that has just been taken out must not come back with a piece that was made before. */
async function writeIfCurrent(
  db: Db,
  edition: Edition,
  write: (tx: Db) => Promise<void>,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await holdEdition(tx, edition))) return false
    await write(tx)
    return true
  })
}

async function* piecesOf(parts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  const turn = openTurns()
  for await (const part of parts) {
    await turn()
    const bytes = Buffer.from(part)
    waiting.push(bytes)
    size += bytes.length
    if (size < pieceBytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}

export async function* readFile(db: Db, key: FileKey): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const content = await readPiece(db, key, position)
    if (content === null) return
    yield await unpress(Buffer.from(content, 'base64'))
  }
}
