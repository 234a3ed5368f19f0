// The parts of a ZIP file, as another program unpacks them.
import { text } from 'node:stream/consumers'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

/** By path, in the order of the file. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (fault, opened) => {
      if (fault) reject(fault)
      else resolve(opened)
    })
  })
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (fault, stream) => {
        if (fault) return reject(fault)
        text(stream).then((content) => {
          parts.set(entry.fileName, content)
          zip.readEntry()
        }, reject)
      })
    })
    zip.readEntry()
  })
  return parts
}
