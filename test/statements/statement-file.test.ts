import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { readStatementFolder, writeStatementFiles } from '../../src/statements/statement-file.ts'
import type { FileFault } from '../../src/statements/statement-file.ts'
import type { StatementFile } from '../../src/statements/statement.ts'
import { fixture } from '../support/fixtures.ts'

let root = ''
let folders = 0
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'statement-file-'))
})
after(() => rm(root, { recursive: true }))

type Files = Record<string, string | Uint8Array>

async function folderWith(files: Files): Promise<string> {
  folders += 1
  const folder = join(root, `folder-${folders}`)
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

async function statementIn(folder: string): Promise<StatementFile> {
  const read = await readStatementFolder(folder)
  assert.ok(read.ok, JSON.stringify(read))
  return read.statement
}

async function faultsOf(files: Files): Promise<FileFault[]> {
  const read = await readStatementFolder(await folderWith(files))
  assert.ok(!read.ok, 'the folder should have been refused')
  return read.faults
}

/** Exactly one fault, of this file, on this line, with this in its message. */
async function assertRefused(files: Files, file: string, line: number | null, message: RegExp) {
  const faults = await faultsOf(files)
  assert.deepEqual(
    faults.map((fault) => [fault.file, fault.line]),
    [[file, line]],
    JSON.stringify(faults),
  )
  assert.match(faults[0]?.message ?? '', message)
}

const settings = {
  slug: 'a-letter',
  kind: 'open-letter',
  title: '"A letter"',
  authoritative: 'true',
  convenors: '[{ name: "Harbour Alliance" }]',
}

/** A right file, with some lines changed or added; the first field stands on line 2. */
function file(changes: Record<string, string | null> = {}, body = 'We ask you to act.'): string {
  const lines = Object.entries({ ...settings, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [`${key}: ${value}`],
  )
  return `---\n${lines.join('\n')}\n---\n${body}\n`
}

const russian = '---\ntitle: "Письмо"\n---\nМы просим вас.\n'

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
    const folder = await folderWith({ 'en.md': file({ closes_at: '', review: '' }) })
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
    const plain = await statementIn(await folderWith({ 'fr.md': file({}, 'Un thé\n\nÉté') }))
    const windows = `\uFEFF${file({}, 'Un thé\n\nÉté').normalize('NFD').replaceAll('\n', '\r\n')}`
    assert.deepEqual(await statementIn(await folderWith({ 'fr.md': windows })), plain)
  })

  test('README.md, hidden files and other kinds of files are left alone', async () => {
    const files = { 'en.md': file(), 'README.md': 'x', '.en.md': 'x', 'map.png': 'x' }
    assert.equal((await statementIn(await folderWith(files))).slug, 'a-letter')
  })

  test('a language is known by its canonical tag', async () => {
    const files = { 'en.md': file(), 'pt-br.md': russian, 'zh-hant.md': russian }
    const { versions } = await statementIn(await folderWith(files))
    assert.deepEqual(
      versions.map(({ language }) => language),
      ['en', 'pt-BR', 'zh-Hant'],
    )
  })
})

describe('a wrong folder is refused:', () => {
  test('a folder that is not there', async () => {
    const read = await readStatementFolder(join(root, 'nowhere'))
    assert.ok(!read.ok)
    assert.deepEqual([read.faults[0]?.file, read.faults[0]?.line], ['nowhere', null])
    assert.match(read.faults[0]?.message ?? '', /no such folder/)
  })

  test('a file in place of the folder', async () => {
    const folder = await folderWith({ 'en.md': file() })
    const read = await readStatementFolder(join(folder, 'en.md'))
    assert.match(read.ok ? '' : (read.faults[0]?.message ?? ''), /a file, not a folder/)
  })

  test('an empty folder', async () => {
    const folder = await folderWith({})
    const read = await readStatementFolder(folder)
    assert.ok(!read.ok)
    assert.equal(read.faults[0]?.file, basename(folder))
    assert.match(read.faults[0]?.message ?? '', /one Markdown file for each language/)
  })

  test('a file whose name is no language', () =>
    assertRefused({ 'en.md': file(), 'notes.md': 'x' }, 'notes.md', null, /not a language/))

  test('two files of one language', () =>
    assertRefused(
      { 'en.md': file(), 'pt-BR.md': russian, 'pt-br.md': russian },
      'pt-br.md',
      null,
      /same language \(pt-BR\) as pt-BR\.md/,
    ))

  test('two authoritative versions', async () => {
    const faults = await faultsOf({ 'en.md': file(), 'ru.md': file() })
    assert.deepEqual(faults[0]?.file, 'ru.md')
    assert.equal(faults[0]?.line, 5)
    assert.match(faults[0]?.message ?? '', /en\.md is authoritative already/)
  })

  test('no authoritative version', () =>
    assertRefused(
      { 'en.md': file({ authoritative: 'false' }), 'ru.md': russian },
      'en.md',
      null,
      /No file is authoritative/,
    ))

  test('a setting in a translation', () =>
    assertRefused(
      { 'en.md': file(), 'ru.md': russian.replace('\n---', '\nsigners: both\n---') },
      'ru.md',
      3,
      /“signers” is a setting/,
    ))
})

describe('a wrong file is refused:', () => {
  const refuses = (
    name: string,
    content: string | Uint8Array,
    line: number | null,
    message: RegExp,
  ) => test(name, () => assertRefused({ 'en.md': content }, 'en.md', line, message))

  refuses('no front matter', 'Dear all,\n', 1, /two lines of three hyphens/)
  refuses('front matter without an end', '---\ntitle: x\n', 1, /Close them/)
  refuses('front matter that is no list of fields', '---\n- a\n---\nText\n', 1, /not a list of/)
  refuses('a colon without quotes', file({ title: 'One: two' }), 4, /between double quotes/)
  refuses('an open quote', file({ title: '"One' }), 4, /not valid YAML/)
  refuses('a field given twice', file({ kind: 'submission\nslug: x' }), 4, /given twice/)
  refuses('an alias', file({ title: '&a x', summary: '*a' }), 7, /aliases/)
  refuses('a tag of another program', file({ title: '!!js/function "x"' }), 4, /not valid YAML/)
  refuses('an unknown field', file({ closes: 'x' }), 7, /no field “closes”.*“closes_at”.*review/)
  refuses('an inherited word as a field', file({ constructor: 'x' }), 7, /no field “constructor”/)
  refuses('__proto__ as a field', file({ ['__proto__ ']: 'x' }), 7, /no field “__proto__”/)
  refuses('a missing title', file({ title: null }), null, /“title” is missing/)
  refuses('an empty title', file({ title: '""' }), 4, /“title” is empty/)
  refuses('a missing slug', file({ slug: null }), null, /“slug” is missing/)
  refuses('a slug with a slash', file({ slug: 'a/b' }), 2, /hyphens/)
  refuses('a slug of 81 letters', file({ slug: 'a'.repeat(81) }), 2, /longer than 80/)
  refuses('an unknown kind', file({ kind: 'open letter' }), 3, /one of .*mean “open-letter”/)
  refuses('a kind that is a list', file({ kind: '[open-letter]' }), 3, /must be one of/)
  refuses('no convenors', file({ convenors: '[]' }), 6, /at least one convenor/)
  refuses(
    'an unknown field of a convenor',
    file({ convenors: '\n  - name: x\n    acronim: y' }),
    8,
    /mean “acronym”/,
  )
  refuses(
    'a convenor without a name',
    file({ convenors: '\n  - name: x\n  - role: with' }),
    8,
    /“convenors”, no\. 2, “name” is missing/,
  )
  refuses(
    'a javascript: address',
    file({ convenors: '[{ name: x, url: "javascript:alert(1)" }]' }),
    6,
    /“url” is not a web address/,
  )
  refuses('an addressee who is nobody', file({ addressees: '[{}]' }), 7, /at least one of name/)
  refuses('a country by its name', file({ addressees: '[{ country: Kenya }]' }), 7, /country code/)
  refuses(
    'a country in small letters',
    file({ addressees: '[{ country: ke }]' }),
    7,
    /country code/,
  )
  refuses('a title on two lines', file({ title: '|\n  One\n  two' }), 4, /several lines/)
  refuses('a title that turns its direction', file({ title: '"a\u202Eb"' }), 4, /U\+202E/)
  refuses('a title that is a number', file({ title: '2030' }), 4, /double quotes/)
  refuses('a flag that is a word', file({ discreet: '"yes"' }), 7, /true or false/)
  refuses('a date that does not exist', file({ dated: '"2026-02-30"' }), 7, /does not exist/)
  refuses('a deadline without a zone', file({ closes_at: '2026-12-04T12:00' }), 7, /Europe\/London/)
  refuses(
    'a deadline that happens twice',
    file({ closes_at: '2026-10-25T01:30 Europe/London' }),
    7,
    /\+01:00 Europe\/London/,
  )
  refuses('no text', file({}, '  \n'), 8, /text is missing/)
  refuses('raw HTML', file({}, 'Dear all,\n\nwe <b>ask</b>'), 10, /HTML is not allowed.*<b>/)
  refuses(
    'a javascript: link',
    file({}, 'One\ntwo [here](javascript:alert(1))'),
    9,
    /javascript:alert\(1\)/,
  )
  refuses(
    'a link to another site by //',
    file({}, '[here](//evil.example)'),
    8,
    /\/\/evil\.example/,
  )
  refuses('a file of 5 MB', 'a'.repeat(5_000_000), null, /5 MB, at most 1 MB/)
  refuses(
    'a file that is not UTF-8',
    Buffer.concat([Buffer.from(file({}, 'Caf')), Buffer.from([0xe9, 0x0a])]),
    9,
    /not UTF-8 text \(byte/,
  )
  refuses(
    'a file that ends within a letter',
    Buffer.from(file({}, 'é')).subarray(0, -2),
    8,
    /not UTF-8/,
  )
  refuses('endless nesting', file({ title: '['.repeat(30_000) }), 4, /nested too deeply/)
})

test('a deadline before the opening is refused, along with every other fault', async () => {
  const times = {
    title: null,
    opens_at: '"2026-12-04T12:00 Europe/London"',
    closes_at: '"2026-12-04T12:59 Europe/Vienna"',
  }
  const faults = await faultsOf({ 'en.md': file(times, '<hr>'), 'ru.md': 'x' })
  assert.deepEqual(
    faults.map((fault) => [fault.file, fault.line, fault.message.slice(0, 31)]),
    [
      ['ru.md', 1, 'The file does not begin with it'],
      ['en.md', null, '“title” is missing. Add it.'],
      ['en.md', 7, '“closes_at” is not after “opens'],
      ['en.md', 9, 'HTML is not allowed in statemen'],
    ],
  )
})

test('of a file with thousands of faults the first twenty are told', async () => {
  const faults = await faultsOf({ 'en.md': file({}, 'a <b>\n'.repeat(3000)) })
  assert.equal(faults.length, 21)
  assert.match(faults[20]?.message ?? '', /2980 more faults/)
})

describe('writing and reading back', () => {
  const roundTrip = async (statement: StatementFile) => {
    const written = writeStatementFiles(statement)
    const files = Object.fromEntries(written.map(({ name, content }) => [name, content]))
    assert.deepEqual(await statementIn(await folderWith(files)), statement)
  }

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
          versions: [{ ...first, title: name, body: `${name.replace(/[<[!]/g, '')}.` }],
        })
      }),
      { numRuns: 60 },
    )
  })
})
