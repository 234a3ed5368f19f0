import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { collationOf, sortKey, withoutArticle } from '../../src/text/collation.ts'
import { fixture } from '../support/fixtures.ts'

const { accept } = JSON.parse(readFileSync(fixture('names.json'), 'utf8')) as { accept: string[] }

// Letters that collators treat in special ways, of all the scripts that names come in.
const LETTERS = Array.from(
  [
    "aAbBcChHnNñÑoOzZeEéÉèêëøØöÖåÅæÆœßłŁdđi.-'+12٢№½",
    'яЯеёЁйиІіїґΩωάΑابآأإةتثىيكلمنوژگچپءअकषगिा',
    '日本動員ネットワークねっ강가각ㄱกขแไาஅகஇ🌍',
  ].join(''),
)

const bytewise = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const mixed = fc.string({ unit: fc.constantFrom(...LETTERS, ' '), minLength: 1, maxLength: 8 })
const words = fc.string({ unit: fc.constantFrom(...LETTERS.slice(0, 40)), maxLength: 5 })
// Pairs that differ in one place find the faults in accents and capitals.
const nearPair = fc
  .tuple(mixed, fc.nat(), fc.constantFrom(...LETTERS))
  .map(([text, at, letter]): [string, string] => {
    const letters = Array.from(text)
    letters[at % letters.length] = letter
    return [text, letters.join('')]
  })
const pair = fc.oneof(fc.tuple(mixed, mixed), fc.tuple(words, words), nearPair)

function assertSameOrder(language: string, first: string, second: string): void {
  const [a, b] = [first.normalize('NFC'), second.normalize('NFC')]
  const expected = new Intl.Collator(language).compare(withoutArticle(a), withoutArticle(b))
  const collation = collationOf(language)
  const found = bytewise(sortKey(a, collation), sortKey(b, collation))
  assert.equal(found, expected, `${language}: ${a} | ${b}`)
}

describe('sort keys', () => {
  for (const language of ['en', 'fr', 'es', 'ru', 'ar', 'uk', 'cs', 'tr', 'vi', 'ko', 'fa']) {
    test(`order as the collator of ${language} does`, () => {
      fc.assert(
        fc.property(pair, ([a, b]) => assertSameOrder(language, a, b)),
        { numRuns: 1000, seed: 20261121 },
      )
    })
  }

  for (const language of ['en', 'es', 'fr', 'ru', 'ar', 'zh', 'ja', 'hi', 'th', 'sv']) {
    test(`order the names of the fixture as ${language} does`, () => {
      for (const a of accept) for (const b of accept) assertSameOrder(language, a, b)
    })
  }

  test('are printable ASCII without quotes or spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        assert.match(sortKey(name, 'root'), /^[-.0-o]*$/)
        assert.ok(sortKey(name, 'root').length < 3000)
      }),
    )
  })

  test('do not tell names apart after 60 characters', () => {
    const long = 'Network '.repeat(8)
    assert.equal(sortKey(`${long}A`, 'root'), sortKey(`${long}B`, 'root'))
  })

  test('put small letters before capitals and plain before accented ones', () => {
    const sorted = ['Résumé', 'resume', 'Resume', 'résumé', 'resumes']
      .map((name) => [sortKey(name, 'root'), name] as const)
      .sort(([a], [b]) => bytewise(a, b))
      .map(([, name]) => name)
    assert.deepEqual(sorted, ['resume', 'Resume', 'résumé', 'Résumé', 'resumes'])
  })

  test('put the alphabet of the language first', () => {
    assert.ok(sortKey('Яблоко', 'ru') < sortKey('Apple', 'ru'))
    assert.ok(sortKey('Apple', 'root') < sortKey('Яблоко', 'root'))
    assert.ok(sortKey('Ñandú', 'es') > sortKey('Nzinga', 'es'))
    assert.ok(sortKey('Ñandú', 'root') < sortKey('Nzinga', 'root'))
  })
})

describe('the collation of a language', () => {
  test('is shared where the order is the same', () => {
    for (const language of ['en', 'fr', 'pt-BR', 'sw']) assert.equal(collationOf(language), 'root')
    assert.equal(collationOf('es-MX'), 'es')
    assert.equal(collationOf('ru'), 'ru')
    assert.equal(collationOf('ar'), 'ar')
  })

  test('is the root where the language is unknown or no language at all', () => {
    assert.equal(collationOf('tlh'), 'root')
    assert.equal(collationOf('not a tag!'), 'root')
  })
})

describe('a leading article', () => {
  const cases: [string, string][] = [
    ['The Global Network', 'Global Network'],
    ['LA Casa', 'Casa'],
    ["L'Avenir", 'Avenir'],
    ['l’École', 'École'],
    ['Los Amigos', 'Amigos'],
    ['Un Techo', 'Techo'],
    ['Theatre', 'Theatre'],
    ['A+ Network', 'A+ Network'],
    ['A', 'A'],
    ['The', 'The'],
    ['The — !', 'The — !'],
    ["D'Arcy-Smith Jr.", "D'Arcy-Smith Jr."],
    ['الاتحاد', 'الاتحاد'],
  ]
  for (const [name, bare] of cases) {
    test(`${name} is sorted as ${bare}`, () => assert.equal(withoutArticle(name), bare))
  }
})
