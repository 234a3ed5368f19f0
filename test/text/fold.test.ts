import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { foldForSearch } from '../../src/text/fold.ts'

describe('folding for search', () => {
  const cases: [string, string][] = [
    ['  Łódź \u00A0 PLUS ', 'lodz plus'],
    ['Straße', 'strasse'],
    ['İstanbul Işık Derneği', 'istanbul isik dernegi'],
    ['Ọlọ́runtóbi', 'oloruntobi'],
    ['Torbjørn Bræk', 'torbjorn braek'],
    ['Đorđe', 'dorde'],
    ['Юлия Ёлкина', 'юлия елкина'],
    ['Ελλάς', 'ελλασ'],
    ['مُؤَسَّســة ١٢', 'موسسه 12'],
    ['أحمد إبراهيم آل', 'احمد ابراهيم ال'],
    ['می\u200Cخواهم', foldForSearch('ميخواهم')],
    ['ＧＮＰ＋', 'gnp+'],
    ['O’Malley', "o'malley"],
    ['क्षत्रिय', 'क्षत्रिय'],
    ['ネットワーク', 'ネットワーク'],
    ['동료', '동료'],
  ]
  for (const [text, folded] of cases) {
    test(`${text} → ${folded}`, () => assert.equal(foldForSearch(text), folded))
  }

  test('folding what is folded changes nothing', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...Array.from('İIıŁßÆآةىЁé\u0301ς ٣ǅ')), unit()),
    })
    fc.assert(
      fc.property(text, (typed) => {
        const once = foldForSearch(typed)
        assert.equal(foldForSearch(once), once)
      }),
    )
  })
})

function unit() {
  return fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
}
