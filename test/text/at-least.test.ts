import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phraseOf } from '../../src/editions/citation.ts'
import { translator } from '../../src/languages/languages.ts'
import { atLeast } from '../../src/text/at-least.ts'

test('a round number stays, one more is over it', () => {
  assert.deepEqual(atLeast(300), { n: 300, isExact: true })
  assert.deepEqual(atLeast(301), { n: 300, isExact: false })
  assert.deepEqual(atLeast(4016), { n: 4000, isExact: false })
  assert.deepEqual(atLeast(0), { n: 0, isExact: true })
  assert.deepEqual(atLeast(9), { n: 9, isExact: true })
})

test('it never says more than there are, and never much less', () => {
  for (let count = 1; count <= 20_000; count += 1) {
    const { n, isExact } = atLeast(count)
    assert.ok(n <= count && n > count / 1.5, `${count}: ${n}`)
    assert.equal(isExact, n === count)
  }
})

const said = {
  en: ['300 organisations', 'over 300 organisations'],
  es: ['300 organizaciones', 'más de 300 organizaciones'],
  fr: ['300 organisations', 'plus de 300 organisations'],
  ru: ['300 организаций', 'более 300 организаций'],
  ar: ['300 منظمة', 'أكثر من 300 منظمة'],
} as const

for (const [language, [exact, over]] of Object.entries(said)) {
  test(`the phrase in ${language}`, () => {
    const t = translator(language)
    assert.equal(phraseOf(t, 'organisations', 300), exact)
    assert.equal(phraseOf(t, 'organisations', 301), over)
  })
}
