// Reads a form that carries a file, for the few addresses that take one; only once it is known who
// sends it. Nothing is written to the disk.
import busboy from 'busboy'
import type { Request } from 'express'
import type { Fields } from './fields.ts'

export const uploadType = 'multipart/form-data'

/** What any page takes at most, in bytes: a sheet of sign-ons. */
const largestFile = 25_000_000
const caps = { files: 1, fields: 20, parts: 25, fieldNameSize: 100, headerPairs: 50 }

/** A file as a browser sends it; name and type are whatever it says. */
export interface Upload {
  name: string
  type: string
  bytes: Buffer
}

const files = new WeakMap<Request, Upload>()

/** The file of the form; empty when none was chosen. */
export function fileOf(req: Request): Buffer {
  return uploadOf(req).bytes
}

export function uploadOf(req: Request): Upload {
  return files.get(req) ?? { name: '', type: '', bytes: Buffer.alloc(0) }
}

/**
 * Afterwards `fieldsOf` and `fileOf` know the form. Any other form was read already.
 * @param largest of the file, in bytes; one more is read, so that what is too large is known as such
 */
export async function readUpload(req: Request, largest = largestFile): Promise<void> {
  if (!req.is(uploadType)) return
  const fields: Fields = {}
  const pieces: Buffer[] = []
  let about = { name: '', type: '' }
  await new Promise<void>((resolve, reject) => {
    const refuse = (status: number) => () => {
      req.unpipe()
      req.resume()
      reject(Object.assign(new Error('not a form with a file'), { status }))
    }
    const parser = openParser(req, largest + 1)
    if (!parser) return refuse(400)()
    parser.on('field', (name, value) => (fields[name] ??= value))
    parser.on('file', (_name, file, { filename, mimeType }) => {
      about = { name: filename ?? '', type: mimeType }
      file.on('data', (piece: Buffer) => pieces.push(piece))
    })
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parser.on(limit, refuse(413))
    }
    parser.on('error', refuse(400))
    parser.on('close', resolve)
    req.on('aborted', refuse(400))
    req.pipe(parser)
  })
  req.body = fields
  files.set(req, { ...about, bytes: Buffer.concat(pieces) })
}

function openParser({ headers }: Request, longest: number) {
  try {
    const limits = { ...caps, fileSize: longest, fieldSize: longest }
    return busboy({ headers, limits, defParamCharset: 'utf8' })
  } catch {
    return null
  }
}
