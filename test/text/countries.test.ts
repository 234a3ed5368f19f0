import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countriesIn, countryName, isCountryCode } from '../../src/text/countries.ts'

const languages = ['en', 'es', 'fr', 'ru', 'ar']

test('there are 249 countries and Kosovo, each with a name in every language', () => {
  for (const language of languages) {
    const countries = countriesIn(language)
    assert.equal(countries.length, 250)
    assert.equal(new Set(countries.map(({ code }) => code)).size, 250)
    for (const { code, name } of countries) assert.notEqual(name, code)
  }
})

test('the list is in the alphabetical order of the language', () => {
  for (const language of languages) {
    const names = countriesIn(language).map(({ name }) => name)
    assert.deepEqual(names, [...names].sort(new Intl.Collator(language).compare))
  }
})

test('codes are upper case and of today', () => {
  for (const code of ['ES', 'XK', 'SS']) assert.ok(isCountryCode(code), code)
  for (const code of ['es', 'SU', 'YU', 'UK', 'EU', 'ZZ', '', '__proto__']) {
    assert.equal(isCountryCode(code), false, code)
  }
})

test('a country is named in the language asked for, else by its code', () => {
  assert.equal(countryName('ES', 'fr'), 'Espagne')
  assert.equal(countryName('DE', 'ru'), 'Германия')
  assert.equal(countryName('ZZ', 'en'), 'ZZ')
})
