// Reads the first sheet of an XLSX file. The file is untrusted: what is unpacked is counted, not
// believed; document types are refused; of a formula only its last result is taken, as text.
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { SheetReader, StringsReader } from './xlsx-parts.ts'
import { type ReadRows, refused } from './sheet.ts'
import { readXml, XmlRefused } from './read-xml.ts'

/** Unpacked, of all parts that are read together. */
const mostBytes = 120_000_000
const mostEntries = 2_000

class Bomb extends Error {}

export async function readXlsx(bytes: Buffer): Promise<ReadRows> {
  try {
    const zip = await openZip(bytes)
    if (zip.entryCount > mostEntries) return refused('bomb')
    const parts = await entriesOf(zip)
    const left = { bytes: mostBytes }
    const open = (name: string) => openPart(zip, parts.get(name), left)
    const sheetName = firstSheet([...parts.keys()])
    if (sheetName === null) return refused('not-a-table')
    const strings = new StringsReader()
    if (parts.has('xl/sharedStrings.xml'))
      await readXml(await open('xl/sharedStrings.xml'), strings)
    const sheet = new SheetReader(strings.all)
    await readXml(await open(sheetName), sheet)
    return sheet.result()
  } catch (fault) {
    if (fault instanceof Bomb) return refused('bomb')
    if (fault instanceof XmlRefused || fault instanceof Error) return refused('damaged')
    throw fault
  }
}

/** By number: tools write the sheet that is seen first as sheet1.xml. */
function firstSheet(names: string[]): string | null {
  const sheets = names.flatMap((name) => {
    const n = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(name)?.[1]
    return n === undefined ? [] : [{ name, n: Number(n) }]
  })
  return sheets.sort((a, b) => a.n - b.n)[0]?.name ?? null
}

async function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (fault, zip) => {
      if (fault) reject(fault)
      else resolve(zip)
    })
  })
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(found))
    zip.on('entry', (entry: Entry) => {
      found.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

async function openPart(
  zip: ZipFile,
  entry: Entry | undefined,
  left: { bytes: number },
): Promise<AsyncIterable<Buffer>> {
  if (!entry || entry.uncompressedSize > left.bytes) throw new Bomb()
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (fault, stream) => {
      if (fault) reject(fault)
      else resolve(counted(stream, left))
    })
  })
}

async function* counted(stream: AsyncIterable<unknown>, left: { bytes: number }) {
  for await (const chunk of stream) {
    const piece = chunk as Buffer
    left.bytes -= piece.length
    if (left.bytes < 0) throw new Bomb()
    yield piece
  }
}
