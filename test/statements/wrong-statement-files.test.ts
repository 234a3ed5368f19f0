import assert from 'node:assert/strict'
import { basename, join } from 'node:path'
import { describe, test } from 'node:test'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { assertRefused, faultsOf, fileWith, folderWith, russian } from './statement-folders.ts'

function refuses(name: string, content: string | Uint8Array, line: number | null, message: RegExp) {
  test(name, () => assertRefused({ 'en.md': content }, 'en.md', line, message))
}

describe('a wrong folder is refused:', () => {
  test('a folder that is not there', async () => {
    const read = await readStatementFolder(join(await folderWith({}), 'nowhere'))
    assert.ok(!read.ok)
    assert.deepEqual([read.faults[0]?.file, read.faults[0]?.line], ['nowhere', null])
    assert.match(read.faults[0]?.message ?? '', /no such folder/)
  })

  test('a file in place of the folder', async () => {
    const folder = await folderWith({ 'en.md': fileWith() })
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
    assertRefused({ 'en.md': fileWith(), 'notes.md': 'x' }, 'notes.md', null, /not a language/))

  test('two files of one language', () =>
    assertRefused(
      { 'en.md': fileWith(), 'pt-BR.md': russian, 'pt-br.md': russian },
      'pt-br.md',
      null,
      /same language \(pt-BR\) as pt-BR\.md/,
    ))

  test('two authoritative versions', async () => {
    const faults = await faultsOf({ 'en.md': fileWith(), 'ru.md': fileWith() })
    assert.deepEqual(faults[0]?.file, 'ru.md')
    assert.equal(faults[0]?.line, 5)
    assert.match(faults[0]?.message ?? '', /en\.md is authoritative already/)
  })

  test('no authoritative version', () =>
    assertRefused(
      { 'en.md': fileWith({ authoritative: 'false' }), 'ru.md': russian },
      'en.md',
      null,
      /No file is authoritative/,
    ))

  test('a setting in a translation', () =>
    assertRefused(
      { 'en.md': fileWith(), 'ru.md': russian.replace('\n---', '\nsigners: both\n---') },
      'ru.md',
      3,
      /“signers” is a setting/,
    ))
})

describe('a wrong file is refused:', () => {
  refuses('no front matter', 'Dear all,\n', 1, /two lines of three hyphens/)
  refuses('front matter without an end', '---\ntitle: x\n', 1, /Close them/)
  refuses('front matter that is no list of fields', '---\n- a\n---\nText\n', 1, /not a list of/)
  refuses('a colon without quotes', fileWith({ title: 'One: two' }), 4, /between double quotes/)
  refuses('an open quote', fileWith({ title: '"One' }), 4, /not valid YAML/)
  refuses('a field given twice', fileWith({ kind: 'submission\nslug: x' }), 4, /given twice/)
  refuses('an alias', fileWith({ title: '&a x', summary: '*a' }), 7, /aliases/)
  refuses('a tag of another program', fileWith({ title: '!!js/function "x"' }), 4, /not valid YAML/)
  refuses(
    'an unknown field',
    fileWith({ closes: 'x' }),
    7,
    /no field “closes”.*“closes_at”.*review/,
  )
  refuses(
    'an inherited word as a field',
    fileWith({ constructor: 'x' }),
    7,
    /no field “constructor”/,
  )
  refuses('__proto__ as a field', fileWith({ ['__proto__ ']: 'x' }), 7, /no field “__proto__”/)
  refuses('a missing title', fileWith({ title: null }), null, /“title” is missing/)
  refuses('an empty title', fileWith({ title: '""' }), 4, /“title” is empty/)
  refuses('a missing slug', fileWith({ slug: null }), null, /“slug” is missing/)
  refuses('a slug with a slash', fileWith({ slug: 'a/b' }), 2, /hyphens/)
  refuses('a slug of 81 letters', fileWith({ slug: 'a'.repeat(81) }), 2, /longer than 80/)
  refuses('an unknown kind', fileWith({ kind: 'open letter' }), 3, /one of .*mean “open-letter”/)
  refuses('a kind that is a list', fileWith({ kind: '[open-letter]' }), 3, /must be one of/)
  refuses(
    'an unknown field of a convenor',
    fileWith({ convenors: '\n  - name: x\n    acronim: y' }),
    8,
    /mean “acronym”/,
  )
  refuses(
    'a convenor without a name',
    fileWith({ convenors: '\n  - name: x\n  - role: with' }),
    8,
    /“convenors”, no\. 2, “name” is missing/,
  )
  refuses(
    'a javascript: address',
    fileWith({ convenors: '[{ name: x, url: "javascript:alert(1)" }]' }),
    6,
    /“url” is not a web address/,
  )
  refuses('an addressee who is nobody', fileWith({ addressees: '[{}]' }), 7, /at least one of name/)
  refuses(
    'a country by its name',
    fileWith({ addressees: '[{ country: Kenya }]' }),
    7,
    /country code/,
  )
  refuses(
    'a country in small letters',
    fileWith({ addressees: '[{ country: ke }]' }),
    7,
    /country code/,
  )
  refuses('a title on two lines', fileWith({ title: '|\n  One\n  two' }), 4, /several lines/)
  refuses('a title that turns its direction', fileWith({ title: '"a\u202Eb"' }), 4, /U\+202E/)
  refuses('a title that is a number', fileWith({ title: '2030' }), 4, /double quotes/)
  refuses('a flag that is a word', fileWith({ discreet: '"yes"' }), 7, /true or false/)
  refuses('a date that does not exist', fileWith({ dated: '"2026-02-30"' }), 7, /does not exist/)
  refuses(
    'a deadline without a zone',
    fileWith({ closes_at: '2026-12-04T12:00' }),
    7,
    /Europe\/London/,
  )
  refuses(
    'a deadline that happens twice',
    fileWith({ closes_at: '2026-10-25T01:30 Europe/London' }),
    7,
    /\+01:00 Europe\/London/,
  )
  refuses('no text', fileWith({}, '  \n'), 8, /text is missing/)
  refuses('raw HTML', fileWith({}, 'Dear all,\n\nwe <b>ask</b>'), 10, /HTML is not allowed.*<b>/)
  refuses(
    'a javascript: link',
    fileWith({}, 'One\ntwo [here](javascript:alert(1))'),
    9,
    /javascript:alert\(1\)/,
  )
  refuses(
    'a link to another site by //',
    fileWith({}, '[here](//evil.example)'),
    8,
    /\/\/evil\.example/,
  )
  refuses('a file of 5 MB', 'a'.repeat(5_000_000), null, /5 MB, at most 1 MB/)
  refuses(
    'a file that is not UTF-8',
    Buffer.concat([Buffer.from(fileWith({}, 'Caf')), Buffer.from([0xe9, 0x0a])]),
    9,
    /not UTF-8 text \(near byte \d+\)/,
  )
  refuses(
    'a file that ends within a letter',
    Buffer.from(fileWith({}, 'é')).subarray(0, -2),
    8,
    /not UTF-8/,
  )
  refuses('endless nesting', fileWith({ title: '['.repeat(30_000) }), 4, /nested too deeply/)
})

test('a deadline before the opening is refused, along with every other fault', async () => {
  const times = {
    title: null,
    opens_at: '"2026-12-04T12:00 Europe/London"',
    closes_at: '"2026-12-04T12:59 Europe/Vienna"',
  }
  const faults = await faultsOf({ 'en.md': fileWith(times, '<hr>'), 'ru.md': 'x' })
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
  const faults = await faultsOf({ 'en.md': fileWith({}, 'a <b>\n'.repeat(3000)) })
  assert.equal(faults.length, 21)
  assert.match(faults[20]?.message ?? '', /2980 more faults/)
})
