import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { checkLine, checkName } from '../../src/text/names.ts'
import type { NameFault, NameFlag } from '../../src/text/names.ts'
import { fixture } from '../support/fixtures.ts'

type Names = {
  accept: string[]
  flag: { name: string; why: string }[]
  refuse: { name: string; why: string }[]
}

const names = JSON.parse(readFileSync(fixture('names.json'), 'utf8')) as Names

function faultOf(typed: string, as: 'organisation' | 'individual' = 'individual') {
  const checked = checkName(typed, as)
  return checked.ok ? null : checked.fault
}

function flagsOf(typed: string): NameFlag[] | NameFault {
  const checked = checkName(typed, 'organisation')
  return checked.ok ? checked.flags : checked.fault
}

describe('the names of the fixture', () => {
  for (const name of names.accept) {
    test(`accepts ${name} as it is`, () => {
      const expected = { ok: true, value: name.normalize('NFC').trim(), flags: [] }
      assert.deepEqual(checkName(name, 'organisation'), expected)
      assert.deepEqual(checkName(name, 'individual'), expected)
    })
  }

  for (const { name, why } of names.flag) {
    test(`accepts ${name} and flags it: ${why}`, () => {
      const checked = checkName(name, 'individual')
      assert.ok(checked.ok && checked.flags.length > 0)
    })
  }

  for (const { name, why } of names.refuse.filter((one) => !one.why.includes('accept or refuse'))) {
    test(`refuses ${JSON.stringify(name).slice(0, 40)}: ${why}`, () => {
      assert.notEqual(faultOf(name), null)
    })
  }
})

describe('why a name is refused', () => {
  const cases: [string, NameFault][] = [
    ['', 'required'],
    ['\u2003 \t', 'required'],
    ['— !', 'required'],
    ['🌍', 'required'],
    ['a\u0000b', 'control'],
    ['line\r\nBcc: x@y.example', 'control'],
    ['x\u2028y', 'control'],
    ['\uE000x', 'control'],
    ['x\uFFFF', 'control'],
    ['\u202Eevil', 'direction'],
    ['a\u200Fb', 'direction'],
    ['\uFEFFBOM', 'invisible'],
    ['soft\u00ADhyphen', 'invisible'],
    ['fill\u3164er', 'invisible'],
    ['tag\u{E0041}', 'invisible'],
    ['a\uFE0Fb', 'invisible'],
    ['\uD83D', 'unpaired'],
    [`a${'\u0301'.repeat(10)}`, 'marks'],
    ['http://spam.example', 'link'],
    ['read HTTPS://x', 'link'],
    ['mailto:me', 'link'],
    ['ｗｗｗ．spam', 'link'],
    ['@someone', 'handle'],
  ]
  for (const [typed, fault] of cases) {
    test(`${JSON.stringify(typed)} is refused as ${fault}`, () =>
      assert.equal(faultOf(typed), fault))
  }

  test('a handle may be the name of an organisation', () => {
    assert.equal(faultOf('@collective', 'organisation'), null)
  })

  test('an address bar word inside a word is no link', () => {
    assert.equal(faultOf('Awww. So nice'), null)
  })
})

describe('the length of a name', () => {
  test('is counted in what people see as characters', () => {
    assert.equal(faultOf('é'.normalize('NFD').repeat(200)), null)
    assert.equal(faultOf(`${'👩🏽‍🚒'.repeat(199)}x`), null)
    assert.equal(faultOf('क्ष'.repeat(201)), 'too-long')
  })

  test('has a bound for graphemes that never end', () => {
    assert.equal(faultOf('\u1100'.repeat(2000)), 'too-long')
  })
})

describe('joiners', () => {
  test('are kept where a script needs them', () => {
    const kept = [
      'می\u200Cخواهم',
      'ක\u0DCA\u200Dෂ',
      'क\u094D\u200Cष',
      'ന\u0D4D\u200D',
      'A 👩‍💻',
      'B ❤️',
    ]
    for (const name of kept) assert.equal(faultOf(name), null, name)
  })

  test('are refused between Latin letters, in a row and at an edge', () => {
    const refused = ['a\u200Db', 'a\u200Cb', '\u200Cمی', 'می\u200C', 'م\u200C\u200Cی', 'a \u200D b']
    for (const name of refused) assert.equal(faultOf(name), 'invisible', JSON.stringify(name))
  })
})

describe('flags', () => {
  const cases: [string, NameFlag[]][] = [
    ['Who Cares Collective', []],
    ['Unite', []],
    ['Une maison', []],
    ['Un techo para mi país', []],
    ['α-PVP Info', []],
    ['ООО Роса', []],
    ['W H O', ['protected-name']],
    ['U.N.', ['protected-name']],
    ['united nations, youth', ['protected-name']],
    ['Организация Объединённых Наций', ['protected-name']],
    ['XI JINPING', ['protected-name']],
    ['UN\u041ED\u0421', ['mixed-script', 'protected-name', 'look-alike']],
    ['\u0406NPUD', ['mixed-script']],
    ['Visit example.org', ['link-like']],
    ['me@mail.example', ['link-like']],
    ['PUD.UA/VOLNA', []],
    ['Hilfe e.V.', []],
    ['No. 1 and 2.5', []],
  ]
  for (const [typed, flags] of cases) {
    test(`${typed} → ${flags.join(', ') || 'none'}`, () => assert.deepEqual(flagsOf(typed), flags))
  }
})

describe('an optional line', () => {
  test('may be empty, and is trimmed and composed', () => {
    assert.deepEqual(checkLine('  ', 80), { ok: true, value: '' })
    assert.deepEqual(checkLine(' Zoe\u0308  K. ', 80), { ok: true, value: 'Zoë  K.' })
  })

  test('is refused for what a name is refused for', () => {
    assert.deepEqual(checkLine('a\nb', 80), { ok: false, fault: 'control' })
    assert.deepEqual(checkLine('abcd', 3), { ok: false, fault: 'too-long' })
  })
})
