// The list as workbook, text document, plain text and data package: the same names and the same
// numbers everywhere, and nothing that a program would run (product.md R1, W-4).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { translator } from '../../src/languages/languages.ts'
import { readCsv } from '../signatories/shown-numbers.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { counts } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { unzip } from '../support/unzip.ts'
import {
  aboutInWorkbook,
  download,
  linesOfText,
  namesInWord,
  rowsOfWorkbook,
  textOfWord,
} from './read-formats.ts'

const odd = ['GNP+', '#PowerOfPeers', '+Positive Lives', '-Minus & <Co> "Sons"', '_x0041_']
const languages = ['en', 'es', 'fr', 'ru', 'ar'] as const

describe('the list in other formats', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, harbour, 'ar')
  await signUpAndConfirm(site, slug, jose, 'es')
  await signUpAndConfirm(site, slug, leyla)
  await signUpAndConfirm(site, slug, somebody({ name: 'Formula', role: '=SUM(A1:A9)' }))
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'شبكة المتوسط', country: 'LB' }))
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'Ёлка', country: 'UA' }))
  for (const name of odd) await signUpAndConfirm(site, slug, someOrganisation({ name }))
  const path = (language: string, format: string, query = '') =>
    `/${language}/statements/${slug}/signatories.${format}${query}`
  const csvNames = async (language: string, query = '') =>
    (await readCsv(site, path(language, 'csv', query))).map((row) =>
      (row['name'] ?? '').replace(/^'(?=[=+-])/, ''),
    )

  for (const language of languages) {
    test(`has the same names in the same order in every format: ${language}`, async () => {
      const names = await csvNames(language)
      assert.equal(names.length, 10)
      const workbook = await rowsOfWorkbook(await download(site, path(language, 'xlsx')))
      assert.deepEqual(
        workbook.map((cells) => cells[2]?.replaceAll('_x005F_', '_')),
        names,
      )
      const word = await textOfWord(await download(site, path(language, 'docx')))
      assert.deepEqual(
        namesInWord(word.rows).map((name) => name.replace(' (HHRA)', '')),
        names,
      )
      const lines = linesOfText(await download(site, path(language, 'txt')))
      const found = names.map((name) => lines.findIndex((line) => line.startsWith(name)))
      assert.ok(!found.includes(-1))
      assert.deepEqual(
        found,
        found.toSorted((a, b) => a - b),
      )
    })

    test(`says the numbers of the page in every format: ${language}`, async () => {
      const counted = await counts(site, slug)
      const t = translator(language)
      const about = await aboutInWorkbook(await download(site, path(language, 'xlsx')))
      const told = (label: string) => Number(about.find((cells) => cells[0] === label)?.[1])
      assert.deepEqual(
        [
          told(t('count.label.organisations')),
          told(t('count.label.individuals')),
          told(t('count.label.countries')),
          told(t('list.withheld-label')),
        ],
        [
          counted['organisations'],
          counted['individuals'],
          counted['countries'],
          counted['withheld'],
        ],
      )
      const line = (['organisations', 'individuals', 'countries'] as const)
        .map((name) => t(`count.${name}`, { n: counted[name] as number }))
        .join(' · ')
      const word = await textOfWord(await download(site, path(language, 'docx')))
      const lines = linesOfText(await download(site, path(language, 'txt')))
      for (const said of [word.paragraphs, lines]) {
        assert.ok(said.includes(line), line)
        assert.ok(said.includes(t('list.withheld', { n: 1 })))
      }
    })
  }

  test('lets the filters choose the same entries in every format', async () => {
    for (const query of [
      '?type=individual',
      '?country=LB',
      '?q=gnp',
      '?verification=domain',
      '?language=es',
    ]) {
      const names = await csvNames('en', query)
      assert.ok(names.length > 0 && names.length < 10, query)
      const workbook = await rowsOfWorkbook(await download(site, path('en', 'xlsx', query)))
      const word = await textOfWord(await download(site, path('en', 'docx', query)))
      const lines = linesOfText(await download(site, path('en', 'txt', query)))
      assert.deepEqual(
        workbook.map((cells) => cells[2]),
        names,
      )
      assert.equal(word.rows.length, names.length)
      assert.ok(names.every((name) => lines.some((line) => line.startsWith(name))))
      for (const said of [word.paragraphs, lines]) {
        assert.ok(said.some((line) => line.startsWith('Only some entries')))
      }
    }
  })

  test('never holds an address, a contact person or a withheld name', async () => {
    for (const format of ['xlsx', 'docx', 'datapackage.zip']) {
      const parts = await unzip(await download(site, path('en', format)))
      for (const text of parts.values()) assert.doesNotMatch(text, /@|Amina|Withheld-Name/)
    }
    const text = (await download(site, path('en', 'txt'))).toString()
    assert.doesNotMatch(text, /@|Amina|Withheld-Name/)
  })

  test('XLSX: numbers and days are typed, every text is a text, the header stays', async () => {
    const parts = await unzip(await download(site, path('ar', 'xlsx')))
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
    assert.match(
      sheet,
      /<sheetView workbookViewId="0" rightToLeft="1"><pane ySplit="1"[^>]*"frozen"\/>/,
    )
    assert.match(sheet, /<autoFilter ref="A1:L11"\/>/)
    assert.match(sheet, /<c r="A2"><v>\d+<\/v><\/c>/)
    // 21 November 2026
    assert.match(sheet, /<c r="J2" s="2"><v>46347<\/v><\/c>/)
    assert.match(sheet, /t="inlineStr"><is><t>=SUM\(A1:A9\)</)
    assert.match(sheet, /-Minus &amp; &lt;Co&gt; &quot;Sons&quot;/)
    assert.doesNotMatch(sheet, /<f>|t="s"|t="str"/)
  })

  test('DOCX: paragraphs and tables run right to left in Arabic', async () => {
    const arabic = await textOfWord(await download(site, path('ar', 'docx')))
    assert.equal(arabic.xml.split('<w:p>').length, arabic.xml.split('<w:bidi/></w:pPr>').length)
    assert.match(arabic.xml, /<w:bidiVisual\/>/)
    assert.match(arabic.xml, /<w:tblHeader\/>/)
    // in a line from right to left the mark keeps the sign before the name
    assert.match(arabic.xml, />\u200E#PowerOfPeers\u200E</)
    const english = await textOfWord(await download(site, path('en', 'docx')))
    assert.doesNotMatch(english.xml, /<w:bidi/)
  })

  test('plain text keeps a foreign name apart from what stands beside it', async () => {
    const text = (await download(site, path('ar', 'txt'))).toString()
    assert.match(text, /^\u2068GNP\+\u2069، كينيا$/m)
    const english = (await download(site, path('en', 'txt'))).toString()
    assert.match(english, /^\u2068شبكة المتوسط\u2069, Lebanon$/m)
    assert.match(english, /^Harbour Harm Reduction Alliance \(HHRA\), Kenya$/m)
    assert.match(english, /^José María Ñandú, nurse, Universidad del Sur, Argentina$/m)
  })

  test('the data package tells hash, size and counts of its file', async () => {
    const parts = await unzip(await download(site, path('en', 'datapackage.zip')))
    assert.deepEqual([...parts.keys()], ['signatories.csv', 'datapackage.json'])
    // without the byte order mark, which a reader of packages would take for a part of "number"
    const csv = (await download(site, path('en', 'csv'))).subarray(3)
    const described = JSON.parse(parts.get('datapackage.json') ?? '') as Record<string, unknown> & {
      resources: Record<string, unknown>[]
      counts: Record<string, number>
    }
    const [resource] = described.resources
    assert.equal(resource?.['hash'], `sha256:${createHash('sha256').update(csv).digest('hex')}`)
    assert.equal(resource['bytes'], csv.length)
    const { fields } = resource['schema'] as { fields: { name: string }[] }
    const [header] = parse(csv, { to: 1 })
    assert.deepEqual(
      fields.map(({ name }) => name),
      header,
    )
    const counted = await counts(site, slug)
    assert.equal(described.counts['total'], counted['total'])
    assert.equal(described['as_of'], counted['as_of'])
  })

  test('the same list makes the same bytes', async () => {
    for (const format of ['xlsx', 'docx']) {
      const [one, other] = [
        await download(site, path('en', format)),
        await download(site, path('en', format)),
      ]
      assert.deepEqual(one, other)
    }
  })

  test('is answered to HEAD without a body, and under a name of its own', async () => {
    for (const format of ['xlsx', 'docx', 'txt', 'datapackage.zip']) {
      const response = await fetch(site.address + path('en', format), { method: 'HEAD' })
      assert.deepEqual([response.status, await response.text()], [200, ''])
      assert.equal(
        response.headers.get('content-disposition'),
        `attachment; filename=${slug}-signatories.${format}`,
      )
    }
  })
})
