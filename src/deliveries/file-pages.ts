// Files of the timeline: handing them out to everyone, attaching and removing them at the desk.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import type { StatementDesk } from '../desk/desk.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { uploadOf } from '../http/read-upload.ts'
import { speaking } from '../http/respond.ts'
import type { MessageKey } from '../languages/languages.ts'
import { findPublic } from '../statements/find-public.ts'
import { type Attached, attachFile, removeFile } from './files.ts'
import { findFile } from './file-store.ts'

/** Always saved, never opened in the site's own name: no script in it runs here. */
export function deliveryFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const file = await findFile(ctx.db, statement.id, String(req.params['file'] ?? ''))
    if (!file) throw new NotFound()
    res.attachment(file.name).set({
      'Content-Type': file.type,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'public, max-age=60',
    })
    res.send(Buffer.from(file.content, 'base64'))
  }
}

/** @returns what is wrong; null when it was done and answered */
export async function changeFiles(
  ctx: Context,
  req: Request,
  res: Response,
  { statement, coordinator }: StatementDesk,
): Promise<MessageKey | null> {
  const { paths } = speaking(ctx, res)
  const { remove_file, file_of: deliveryId = '' } = fieldsOf(req)
  const actor = coordinator.id
  if (remove_file !== undefined) await removeFile(ctx, statement, remove_file, actor)
  else {
    const wanted = { deliveryId, file: uploadOf(req), actor }
    const attached = await attachFile(ctx, statement, wanted)
    if (attached !== 'attached') return faults[attached]
  }
  res.redirect(303, `${paths.desk.of(statement.slug, 'delivery')}#files`)
  return null
}

const faults: Record<Exclude<Attached, 'attached'>, MessageKey> = {
  empty: 'desk.delivery.fault.file.empty',
  'too-large': 'desk.delivery.fault.file.large',
  'too-many': 'desk.delivery.fault.file.many',
  name: 'desk.delivery.fault.file.name',
  'no-entry': 'desk.delivery.fault.file.entry',
}
