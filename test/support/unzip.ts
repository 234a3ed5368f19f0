// The parts of a ZIP file, as another program unpacks them.
import { buffer } from 'node:stream/consumers'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

/** Texts by path, in the order of the file. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const parts = await unzipBytes(bytes)
  return new Map([...parts].map(([path, content]) => [path, content.toString()]))
}

export async function unzipBytes(bytes: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (fault, opened) => {
      if (fault) reject(fault)
      else resolve(opened)
    })
  })
  await new Promise<void>((resolve, reject) => {
    const keep = (path: string, content: Buffer) => {
      parts.set(path, content)
      zip.readEntry()
    }
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (fault, stream) => {
        if (fault) reject(fault)
        else buffer(stream).then((content) => keep(entry.fileName, content), reject)
      })
    })
    zip.readEntry()
  })
  return parts
}
