// Streams XML through saxes. A document type is refused, so no entity can be declared and grow.
import { SaxesParser } from 'saxes'

export interface XmlReader {
  open(name: string, attributes: Record<string, string>): void
  text(text: string): void
  close(name: string): void
  /** true once nothing more is wanted */
  isDone(): boolean
}

export class XmlRefused extends Error {}

export async function readXml(chunks: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw new XmlRefused('document type')
  })
  parser.on('error', (fault) => {
    throw new XmlRefused(fault.message)
  })
  parser.on('opentag', ({ name, attributes }) => reader.open(localName(name), attributes))
  parser.on('text', (text) => reader.text(text))
  parser.on('cdata', (text) => reader.text(text))
  parser.on('closetag', ({ name }) => reader.close(localName(name)))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (reader.isDone()) return
  }
  parser.close()
}

/** Some tools write `x:row`. */
const localName = (name: string) => name.slice(name.indexOf(':') + 1)
