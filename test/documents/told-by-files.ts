// What each file of the list tells, in the same words for all: the numbers, as of when, and the names.
import assert from 'node:assert/strict'
import { formatsOf } from '../../src/languages/formats.ts'
import { translator } from '../../src/languages/languages.ts'
import { readCsv } from '../signatories/shown-numbers.ts'
import type { TestSite } from '../support/site.ts'
import { unzip } from '../support/unzip.ts'
import {
  aboutInWorkbook,
  download,
  linesOfText,
  namesInWord,
  rowsOfWorkbook,
  textOfWord,
} from './read-formats.ts'

export type Counted = Record<string, unknown>
const kinds = ['organisations', 'individuals', 'countries'] as const

/** The lines that every text about the list should have. */
export function linesFor(counted: Counted, language: string): string[] {
  const t = translator(language)
  const number = (name: string) => Number(counted[name])
  const said = kinds.filter((kind) => number(kind) > 0)
  const line = said.map((kind) => t(`count.${kind}`, { n: number(kind) })).join(' · ')
  const withheld = number('withheld')
  return [
    line === '' ? t('count.endorsements', { n: 0 }) : line,
    `${t('count.as-of')} ${formatsOf(language).time(String(counted['as_of']))}`,
    ...(withheld > 0 ? [t('list.withheld', { n: withheld })] : []),
  ]
}

type File = (format: string) => string
type Names = (names: string[]) => void

/** @param file where the file of a format is found */
export async function assertFilesTell(
  site: TestSite,
  file: File,
  told: { counted: Counted; names: string[]; language: string },
): Promise<void> {
  const { counted, language } = told
  const same: Names = (names) => assert.deepEqual(names.toSorted(), told.names)
  const lines = linesFor(counted, language)

  same((await readCsv(site, file('csv'))).map((row) => row['name'] ?? ''))

  const json = JSON.parse((await download(site, file('json'))).toString()) as ListJson
  assertNumbers({ ...json.counts, as_of: json.as_of }, counted)
  same(json.signatories.map(({ name }) => name))

  const workbook = await download(site, file('xlsx'))
  same((await rowsOfWorkbook(workbook)).map((cells) => cells[2] ?? ''))
  assertSheet(await aboutInWorkbook(workbook), counted, language, lines[1])

  const word = await textOfWord(await download(site, file('docx')))
  const late = ` · ${translator(language)('list.late')}`
  same(namesInWord(word.rows).map((name) => name.replace(late, '')))
  for (const line of lines) assert.ok(word.paragraphs.includes(line), line)

  const text = linesOfText(await download(site, file('txt')))
  for (const line of lines) assert.ok(text.includes(line), line)
  const untold = told.names.filter((name) => !text.some((line) => line.startsWith(name)))
  assert.deepEqual(untold, [])
  const marked = text.filter((line) => line.endsWith(late))
  assert.equal(marked.length, json.signatories.filter((entry) => entry.late).length)

  const parts = await unzip(await download(site, file('datapackage.zip')))
  const described = JSON.parse(parts.get('datapackage.json') ?? '') as ListJson
  assertNumbers({ ...described.counts, as_of: described.as_of }, counted)
  const csv = new TextDecoder().decode(await download(site, file('csv')))
  assert.equal(parts.get('signatories.csv'), csv)
}

export interface ListJson {
  counts: Record<string, number>
  as_of: string
  signatories: { name: string; late: boolean }[]
}

export function assertNumbers(told: Counted, counted: Counted): void {
  const { status: _, closes_at: __, ...numbers } = counted
  assert.deepEqual(told, numbers)
}

function assertSheet(
  about: string[][],
  counted: Counted,
  language: string,
  asOf: string | undefined,
): void {
  const t = translator(language)
  const cell = (label: string) => Number(about.find((cells) => cells[0] === label)?.[1])
  for (const kind of kinds) assert.equal(cell(t(`count.label.${kind}`)), counted[kind], kind)
  assert.equal(cell(t('list.withheld-label')), counted['withheld'])
  assert.ok(
    about.some((cells) => cells[0] === asOf),
    asOf,
  )
}
