// The signatory list as files (product.md §4).
import { pipeline } from 'node:stream/promises'
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { speaking } from '../http/respond.ts'
import { textParam } from '../http/query.ts'
import { typedFilters } from '../signatories/list.ts'
import { findPublic } from '../statements/find-public.ts'
import { formats, type ListFormat } from './formats.ts'
import { listDocument } from './list-document.ts'

export function signatoriesFile(ctx: Context, format: ListFormat): RequestHandler {
  const { contentType, write } = formats[format]
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language } = speaking(ctx, res)
    // who looks for a person in a search engine does not find them by the list
    res.set('X-Robots-Tag', 'noindex').set('Cache-Control', 'public, no-cache')
    if (format !== 'json') res.attachment(`${statement.slug}-signatories.${format}`)
    res.set('Content-Type', contentType)
    if (req.method === 'HEAD') return void res.end()
    const filters = typedFilters((name) => textParam(req, name))
    const document = await listDocument(ctx, { statement, language, filters })
    // not through Readable.from, which would read 16 pieces ahead for every slow reader
    await pipeline(write(document), res).catch((fault: unknown) => {
      // the reader left: nothing to answer any more
      if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
    })
  }
}
