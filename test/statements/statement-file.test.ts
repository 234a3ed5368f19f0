import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { writeStatementFiles } from '../../src/statements/statement-file.ts'
import type { StatementFile } from '../../src/statements/statement.ts'
import { fixture } from '../support/fixtures.ts'
import { fileWith, folderWith, russian, statementIn } from './statement-folders.ts'

describe('a right folder', () => {
  test('the open letter in five languages is read as it was written', async () => {
    const statement = await statementIn(fixture('statements/naloxone-within-reach'))
    const { versions, ...rest } = statement
    assert.deepEqual(
      versions.map(({ language }) => language),
      ['en', 'ar', 'es', 'fr', 'ru'],
    )
    assert.equal(versions[1]?.title, 'النالوكسون في متناول اليد: رسالة مفتوحة إلى وزراء الصحة')
    assert.match(versions[0]?.body ?? '', /^Excellencies,\n\nWe write [^]* publish your answers\.$/)
    assert.match(versions[0]?.summary ?? '', /^Overdose deaths [^\n]* an overdose\.$/)
    assert.deepEqual(rest, {
      slug: 'naloxone-within-reach',
      kind: 'open-letter',
      authoritative: 'en',
      convenors: [
        {
          name: 'Meridian Network of People Who Use Drugs',
          acronym: 'MNPUD',
          role: 'lead',
          url: 'https://mnpud.example',
        },
        {
          name: 'Harbour Harm Reduction Alliance',
          acronym: 'HHRA',
          role: 'with',
          url: 'https://hhra.example',
        },
        { name: 'Red de Salud Comunitaria del Sur', acronym: 'RSCS', role: 'with', url: null },
      ],
      addressees: [
        { name: null, office: 'Ministers of Health', body: 'World Health Assembly', country: null },
        {
          name: 'Dr Amara Lindqvist',
          office: 'Regional Director',
          body: 'Regional Health Office',
          country: null,
        },
      ],
      topics: ['overdose prevention', 'access to medicines'],
      signers: 'both',
      visibilityDefault: 'withheld',
      discreet: true,
      review: 'organisations',
      dated: '2026-11-20',
      opensAt: { instant: '2026-11-21T08:00:00.000Z', zone: 'Europe/Vienna' },
      closesAt: { instant: '2026-12-04T12:00:00.000Z', zone: 'Europe/London' },
      embargoUntil: null,
      originallyPublished: {
        name: 'Harbour Harm Reduction Alliance',
        url: 'https://hhra.example/letters/naloxone',
      },
    })
  })

  test('the submission keeps its date to the month and its deadline in Nairobi', async () => {
    const statement = await statementIn(fixture('statements/community-monitoring-submission'))
    assert.equal(statement.dated, '2026-09')
    assert.equal(statement.opensAt, null)
    assert.deepEqual(statement.closesAt, {
      instant: '2026-11-30T14:00:00.000Z',
      zone: 'Africa/Nairobi',
    })
    assert.equal(statement.convenors[1]?.role, 'on behalf of')
  })

  test('settings that are left out or left empty have sensible defaults', async () => {
    const folder = await folderWith({ 'en.md': fileWith({ closes_at: '', review: '' }) })
    const statement = await statementIn(folder)
    const { signers, visibilityDefault, discreet, review, topics, closesAt } = statement
    assert.deepEqual(
      { signers, visibilityDefault, discreet, review, topics, closesAt },
      {
        signers: 'both',
        visibilityDefault: 'listed',
        discreet: false,
        review: 'none',
        topics: [],
        closesAt: null,
      },
    )
    assert.equal(statement.convenors[0]?.role, 'lead')
    assert.equal(statement.versions[0]?.summary, '')
  })

  test('byte order mark, Windows line ends and decomposed letters make no difference', async () => {
    const plain = await statementIn(await folderWith({ 'fr.md': fileWith({}, 'Un thé\n\nÉté') }))
    const windows = `\uFEFF${fileWith({}, 'Un thé\n\nÉté').normalize('NFD').replaceAll('\n', '\r\n')}`
    assert.deepEqual(await statementIn(await folderWith({ 'fr.md': windows })), plain)
  })

  test('README.md, hidden files and other kinds of files are left alone', async () => {
    const files = { 'en.md': fileWith(), 'README.md': 'x', '.en.md': 'x', 'map.png': 'x' }
    assert.equal((await statementIn(await folderWith(files))).slug, 'a-letter')
  })

  test('a language is known by its canonical tag', async () => {
    const files = { 'en.md': fileWith(), 'pt-br.md': russian, 'zh-hant.md': russian }
    const { versions } = await statementIn(await folderWith(files))
    assert.deepEqual(
      versions.map(({ language }) => language),
      ['en', 'pt-BR', 'zh-Hant'],
    )
  })
})

async function roundTrip(statement: StatementFile) {
  const written = writeStatementFiles(statement)
  const files = Object.fromEntries(written.map(({ name, content }) => [name, content]))
  assert.deepEqual(await statementIn(await folderWith(files)), statement)
}

describe('writing and reading back', () => {
  for (const name of ['naloxone-within-reach', 'community-monitoring-submission']) {
    test(`${name} comes back the same`, async () => {
      await roundTrip(await statementIn(fixture(`statements/${name}`)))
    })
  }

  test('so does every statement, whatever its titles look like', async () => {
    const base = await statementIn(fixture('statements/naloxone-within-reach'))
    const hard = ['no', '2026', '- a', '"', "'", '#x', 'a: b', '{', '*a', '&a', '---', '~', '\\n']
    const title = fc.oneof(fc.constantFrom(...hard), fc.stringMatching(/^[^\s\p{C}\p{Z}]{1,40}$/u))
    const dated = fc.constantFrom('2018', '2018-09', '2018-09-30', null)
    const zone = fc.constantFrom('Europe/London', 'America/New_York', 'UTC')
    const year = { min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }
    const shape = fc.tuple(title, dated, zone, fc.date(year))
    await fc.assert(
      fc.asyncProperty(shape, async ([typed, date, place, day]) => {
        const name = typed.normalize('NFC')
        const [first] = base.versions
        assert.ok(first)
        await roundTrip({
          ...base,
          dated: date,
          topics: [name],
          convenors: [{ name, acronym: null, role: 'lead', url: null }],
          opensAt: { instant: day.toISOString(), zone: place },
          closesAt: null,
          embargoUntil: { instant: day.toISOString(), zone: place },
          versions: [{ ...first, title: name, body: `${name.replace(/[<[!]/g, '')}.` }],
        })
      }),
      { numRuns: 60 },
    )
  })
})
