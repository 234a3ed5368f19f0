// Reads each format of the list back, as its reader would see it.
import assert from 'node:assert/strict'
import { load } from 'cheerio'
import { readXlsx } from '../../src/imports/read-xlsx.ts'
import type { TestSite } from '../support/site.ts'
import { unzip } from '../support/unzip.ts'

export async function download(site: TestSite, path: string): Promise<Buffer> {
  const response = await fetch(site.address + path)
  assert.equal(response.status, 200, path)
  return Buffer.from(await response.arrayBuffer())
}

/** Rows of the first sheet, without the header. */
export async function rowsOfWorkbook(bytes: Buffer): Promise<string[][]> {
  const read = await readXlsx(bytes)
  assert.ok(read.ok)
  return read.rows.slice(1).map(({ cells }) => cells)
}

/** Cells of the sheet that says what the list is, row by row. */
export async function aboutInWorkbook(bytes: Buffer): Promise<string[][]> {
  const sheet = (await unzip(bytes)).get('xl/worksheets/sheet2.xml') ?? ''
  const $ = load(sheet, { xml: true })
  return $('row')
    .toArray()
    .map((row) =>
      $(row)
        .find('c')
        .toArray()
        .map((cell) => $(cell).text()),
    )
}

/** The text of a document: paragraphs, and the cells of the tables' rows. */
export async function textOfWord(bytes: Buffer) {
  const xml = (await unzip(bytes)).get('word/document.xml') ?? ''
  const $ = load(xml, { xml: true })
  const textOf = (part: Parameters<typeof $>[0]) => $(part).find('w\\:t').text()
  const paragraphs = $('w\\:body > w\\:p').toArray().map(textOf)
  const rows = $('w\\:tr')
    .toArray()
    .filter((row) => $(row).find('w\\:tblHeader').length === 0)
    .map((row) =>
      $(row)
        .find('w\\:tc')
        .toArray()
        .map((cell) => $(cell).find('w\\:p').toArray().map(textOf)),
    )
  return { xml, paragraphs, rows }
}

/** The name that each row of the Word file begins with, without marks of direction. */
export const namesInWord = (rows: string[][][]) =>
  rows.map((row) => row[1]?.[0]?.replaceAll(/[\u200E\u200F]/g, '') ?? '')

/** The lines between the headings and the end. */
export function linesOfText(bytes: Buffer): string[] {
  return bytes
    .toString()
    .replaceAll(/[\u2068\u2069]/g, '')
    .split('\n')
}
