// Use cases: files that show what became of a statement, such as a letter that came back. Public.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Upload } from '../http/read-upload.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import { deleteFile, findFile, insertFile, listFiles, lockEntry } from './file-store.ts'

export const largestFile = 5_000_000
const mostFiles = 20
const longestName = 120

type Needs = Pick<Context, 'db' | 'clock' | 'random'>
type Of = Pick<Statement, 'id' | 'slug'>

export type Attached = 'attached' | 'empty' | 'too-large' | 'too-many' | 'name' | 'no-entry'

export async function attachFile(
  ctx: Needs,
  { id: statementId, slug }: Of,
  { deliveryId, file, actor }: { deliveryId: string; file: Upload; actor: string },
): Promise<Attached> {
  const name = nameOf(file)
  const { length: bytes } = file.bytes
  if (bytes === 0) return 'empty'
  if (bytes > largestFile) return 'too-large'
  if (name === null) return 'name'
  const id = ctx.random.id()
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await lockEntry(tx, statementId, deliveryId))) return 'no-entry'
    if ((await listFiles(tx, statementId)).length >= mostFiles) return 'too-many'
    const content = file.bytes.toString('base64')
    const row = { id, delivery_id: deliveryId, name, type: typeOf(file), bytes, content }
    await insertFile(tx, { ...row, added_at: ctx.clock.now().toISOString() })
    const detail = { entry: deliveryId, file: id }
    await record(tx, ctx, { actor, action: 'file attached', subject: slug, detail })
    return 'attached'
  })
}

export async function removeFile(ctx: Needs, { id, slug }: Of, file: string, actor: string) {
  await ctx.db.transaction().execute(async (tx) => {
    const found = await findFile(tx, id, file)
    if (!found || !(await deleteFile(tx, found.id))) return
    const detail = { entry: found.delivery_id, file }
    await record(tx, ctx, { actor, action: 'file removed', subject: slug, detail })
  })
}

/** Without the folders that some browsers send; null when it cannot be shown. */
function nameOf({ name }: Upload): string | null {
  const own = (name.split(/[/\\]/).at(-1) ?? '').normalize('NFC').trim()
  const isFine = own !== '' && own.length <= longestName
  return isFine && findUnsafeCharacters(own, 'one line').length === 0 ? own : null
}

/** As the browser that sent it says; it is never shown in ours (see file-pages.ts). */
function typeOf({ type }: Upload): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : 'application/octet-stream'
}
