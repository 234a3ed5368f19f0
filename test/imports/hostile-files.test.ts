import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readSheet } from '../../src/imports/read-sheet.ts'
import { openShell } from '../support/command.ts'
import { openSite, testSecret } from '../support/site.ts'
import { workbook, zipOf } from '../support/workbook.ts'

async function refusal(file: string | Buffer) {
  const read = await readSheet(Buffer.from(file))
  return read.ok ? 'taken' : `${read.reason} ${read.n}`
}

async function rowsOf(file: string | Buffer) {
  const read = await readSheet(Buffer.from(file))
  assert.ok(read.ok, JSON.stringify(read))
  return read.sheet.rows.map(({ number, cells }) => [number, ...cells])
}

const heading = 'Name,Country\n'
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`

describe('a sheet of text', () => {
  test('is refused when it is too large, too wide, or holds a huge cell', async () => {
    assert.equal(await refusal(Buffer.alloc(25_000_001, 'a')), 'too-large 25')
    assert.equal(await refusal('a,'.repeat(299) + 'a\n'), 'too-many-columns 100')
    const huge = `"${'x'.repeat(1_000_000)}"`
    assert.equal(await refusal(`${heading}A,KE\n${huge},KE\n`), 'too-long-cell 3')
    assert.equal(await refusal('a\n'.repeat(100_002)), 'too-many-rows 100000')
  })

  test('is refused in any encoding but UTF-8', async () => {
    assert.equal(await refusal(Buffer.from('Name\nJosé\n', 'latin1')), 'encoding 0')
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Name\nA\n', 'utf16le')])
    assert.equal(await refusal(utf16), 'encoding 0')
    assert.equal(await refusal(Buffer.from('Name\0\n')), 'encoding 0')
  })

  test('with a quote that is never closed tells where it opens', async () => {
    assert.equal(await refusal(`${heading}A,KE\n"B,KE\nC,KE\n`), 'quote 3')
    const long = 'C,KE\n'.repeat(100_000)
    assert.equal(await refusal(`${heading}A,KE\n"B,KE\n${long}`), 'quote 3')
  })

  test('that is empty or of the old Excel says so', async () => {
    assert.equal(await refusal(''), 'empty 0')
    assert.equal(await refusal('\n \n,,\n'), 'empty 0')
    assert.equal(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'old-excel 0')
  })

  test('keeps what looks like a formula, and numbers rows as a spreadsheet does', async () => {
    const text =
      '\uFEFFName;Country\r\n"=cmd|\'/c calc\'!A1";KE\r\n"two\r\nlines";KE\r\n\r\n+A;KE\r\n'
    assert.deepEqual(await rowsOf(text), [
      [2, "=cmd|'/c calc'!A1", 'KE'],
      [3, 'two\r\nlines', 'KE'],
      [4, ''],
      [5, '+A', 'KE'],
    ])
    assert.deepEqual(await rowsOf("Name\tCountry\n'=A\tKE\n"), [[2, '=A', 'KE']])
  })
})

describe('a workbook', () => {
  const first = `<row r="1">${cell('A1', 'Name')}</row>`

  test('gives the last result of a formula as text, and shared and numeric cells', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
      '<row r="3"><c r="A3" t="str"><f>HYPERLINK("http://evil")</f><v>=1+1</v></c><c r="C3"><v>7</v></c></row>'
    assert.deepEqual(await rowsOf(workbook(rows, ['Name', 'Country'])), [[3, '=1+1', '', '7']])
  })

  test('that unpacks to far too much is not opened', async () => {
    const bomb = workbook(first, ['x'.repeat(130_000_000)])
    assert.ok(bomb.length < 1_000_000)
    assert.equal(await refusal(bomb), 'bomb 0')
  })

  test('of which each cell is one and the same long text is not opened', async () => {
    const cells = '<c t="s"><v>0</v></c>'.repeat(20)
    const rows = Array.from({ length: 500 }, (_, n) => `<row r="${n + 1}">${cells}</row>`).join('')
    const bomb = workbook(rows, ['x'.repeat(10_000)])
    assert.ok(bomb.length < 10_000)
    assert.equal(await refusal(bomb), 'bomb 0')
  })

  test('with a document type, 300 columns or rubbish inside is refused', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert.equal(await refusal(workbook(first, [], doctype)), 'damaged 0')
    const wide = `<row r="1">${cell('KN1', 'Name')}</row>`
    assert.equal(await refusal(workbook(wide)), 'too-many-columns 100')
    const deep = `${first}<row r="99999999">${cell('A99999999', 'x')}</row>`
    assert.equal(await refusal(workbook(deep)), 'too-many-rows 100000')
    assert.equal(await refusal(zipOf({ 'content.xml': '<x/>' })), 'not-a-table 0')
    assert.equal(await refusal(Buffer.from('PK\x03\x04 and nothing else')), 'damaged 0')
  })
})

test('the command says in one sentence what to do, and reads no endless file', async () => {
  const site = await openSite({ now: new Date().toISOString() })
  const slug = await site.publish()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const run = (file: string, ...more: string[]) =>
    shell.run('endorsements', 'import', slug, file, ...more)
  const endless = await run('/dev/zero')
  assert.equal(endless.code, 1)
  assert.match(endless.stderr, /^The file is too large: at most 25 MB .* Split it .*\n$/)
  const missing = await run('nowhere.csv')
  assert.match(missing.stderr, /^nowhere\.csv cannot be used: .*\n$/)

  const sheet = join(shell.cwd, 'own.csv')
  writeFileSync(sheet, 'Group,Where,Mail to\nDrug Users’ Union,Nairobi,a@union.example\n')
  const nameless = await run(sheet)
  assert.match(nameless.stderr, /^No column is recognised as the name\. .*--map.*\n$/)
  const map = join(shell.cwd, 'map.json')
  writeFileSync(map, JSON.stringify({ Group: 'name', Where: 'country', 'Mail to': 'email' }))
  const mapped = await run(sheet, '--map', map, '--dry-run', '--json')
  assert.deepEqual(JSON.parse(mapped.stdout), {
    rows: 1,
    blank: 0,
    new: 0,
    duplicate: 0,
    similar: 0,
    invalid: 1,
    problems: [
      {
        row: 2,
        field: 'country',
        reason:
          '“Nairobi” is not recognised as a country. Write its name in English or its two-letter code.',
      },
    ],
  })
})
