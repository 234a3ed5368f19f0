// A ZIP file, piece by piece: each part is begun when the one before is written, and nothing is read
// any more once nobody takes the pieces.
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export interface Part {
  path: string
  content: string | AsyncIterable<string | Uint8Array>
}

/** @param at the time that all parts bear, so that the same parts make the same file; ISO 8601 */
export async function* zipOf(parts: readonly Part[], at: string): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const opened: Readable[] = []
  const fail = (fault: Error) => output.destroy(fault)
  zip.on('error', fail)
  for (const { path, content } of parts) {
    zip.addReadStreamLazy(path, { mtime: new Date(at) }, (begin) => {
      const source = Readable.from(typeof content === 'string' ? [content] : content, readingAhead)
      opened.push(source.on('error', fail))
      begin(null, source)
    })
  }
  zip.end()
  try {
    for await (const piece of output) yield piece as Uint8Array
  } finally {
    for (const source of opened) source.destroy()
  }
}

/** One piece only: each may be a thousand entries. */
const readingAhead = { highWaterMark: 1 }
