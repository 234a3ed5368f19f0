// Files of editions with their hashes and signatures. A file that was redacted a moment ago and is not
// made anew yet answers 503: the old one is gone.
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { formats, listFormats } from '../documents/formats.ts'
import { NotFound } from '../http/errors.ts'
import { speaking } from '../http/respond.ts'
import { fileNameOf } from './edition.ts'
import { type EditionFile, listFiles } from './file-store.ts'
import { type Asked, findAsked, sayWhich } from './find-edition-pages.ts'
import { sendLetter } from './letter-pages.ts'
import { readFile } from './make-files.ts'
import { openSigner, publicKeyOf } from './signing-key.ts'

const signatureType = 'application/octet-stream'

/** `3.csv`, `3.json`, and `3.csv.sig`, in the language of the address. */
export async function sendEditionFile(
  ctx: Context,
  req: Request,
  res: Response,
  asked: Asked,
): Promise<void> {
  if (asked.rest === '.pdf') return sendLetter(ctx, req, res, asked)
  const { language } = speaking(ctx, res)
  const isSignature = asked.rest.endsWith('.sig')
  const name = asked.rest.slice(1, isSignature ? -'.sig'.length : undefined)
  const format = listFormats.find((each) => each === name)
  if (!format) throw new NotFound()
  const file = (await completeFiles(ctx, res, asked)).find(
    (each) => each.format === name && each.language === language,
  )
  if (!file) throw new NotFound()
  const saved = fileNameOf(asked.statement.slug, asked.edition.number, language, name)
  if (isSignature) return sendSignature(res, file, saved)
  sayWhich(ctx, res, asked)
  res.set({
    'Last-Modified': new Date(asked.edition.issuedAt).toUTCString(),
    ETag: `"${file.sha256}"`,
    'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    'Content-Length': String(file.bytes),
  })
  if (name !== 'json') res.attachment(saved)
  res.set('Content-Type', formats[format].contentType)
  if (req.fresh) {
    res.removeHeader('Content-Length')
    return void res.status(304).end()
  }
  if (req.method === 'HEAD') return void res.end()
  await pipeline(readFile(ctx.db, file), res).catch((fault: unknown) => {
    // the reader left: nothing to answer any more
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
  })
}

function sendSignature(res: Response, { signature }: EditionFile, saved: string): void {
  if (signature === null) throw new NotFound()
  res.attachment(`${saved}.sig`).set({
    'Content-Type': signatureType,
    'Cache-Control': 'public, no-cache',
    'X-Robots-Tag': 'noindex',
  })
  res.send(Buffer.from(signature, 'base64'))
}

/** Throws 503 while they are being made. */
async function completeFiles(ctx: Context, res: Response, { edition }: Asked) {
  if (!edition.isComplete) {
    res.set('Retry-After', '60')
    throw Object.assign(new Error('the edition is being re-issued'), { status: 503 })
  }
  return listFiles(ctx.db, edition.id)
}

/** All files of an edition, as `sha256sum -c` reads them; signed. */
export function editionSums(ctx: Context): RequestHandler {
  return async (req, res) => {
    const asked = await findAsked(ctx, req)
    const { sums } = req.params
    if (asked.rest !== '' || (sums !== 'SHA256SUMS' && sums !== 'SHA256SUMS.sig')) {
      throw new NotFound()
    }
    const files = await completeFiles(ctx, res, asked)
    const { slug } = asked.statement
    const lines = files.map(({ sha256, language, format }) => {
      return `${sha256}  ${fileNameOf(slug, asked.edition.number, language, format)}\n`
    })
    const text = Buffer.from(lines.join(''))
    sayWhich(ctx, res, asked)
    if (sums === 'SHA256SUMS') return void res.type('text/plain').send(text)
    const sign = await openSigner(ctx)
    res.attachment(sums).set('Content-Type', signatureType).send(sign(text))
  }
}

/** `/.well-known/undersigned-key.json` and `.pem` */
export function signingKey(ctx: Context, form: 'json' | 'pem'): RequestHandler {
  return async (_req, res) => {
    const { pem, jwk } = await publicKeyOf(ctx)
    res.set('Cache-Control', 'public, no-cache')
    if (form === 'pem') return void res.type('application/x-pem-file').send(pem)
    res.json({ keys: [{ ...jwk, pem }] })
  }
}
