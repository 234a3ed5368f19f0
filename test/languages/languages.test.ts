import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatsOf } from '../../src/languages/formats.ts'
import {
  dirOf,
  isLanguage,
  languages,
  ownNameOf,
  translator,
  type MessageKey,
} from '../../src/languages/languages.ts'

describe('languages', () => {
  test('are those that have a catalogue, with their own names', () => {
    assert.ok(isLanguage('en'))
    assert.ok(!isLanguage('tlh'))
    assert.ok(!isLanguage('../en'))
    assert.equal(languages.find(({ code }) => code === 'en')?.name, 'English')
  })

  test('are called as they call themselves', () => {
    assert.deepEqual(['es', 'fr', 'ru', 'ar'].map(ownNameOf), [
      'Español',
      'Français',
      'Русский',
      'العربية',
    ])
  })

  test('are written in the direction of their script', () => {
    assert.deepEqual(['ar', 'fa', 'he', 'az-Arab'].map(dirOf), ['rtl', 'rtl', 'rtl', 'rtl'])
    assert.deepEqual(['en', 'ru', 'az', 'pt-BR', 'zh-Hant'].map(dirOf), Array(5).fill('ltr'))
  })
})

describe('a translator', () => {
  const t = translator('en')

  test('chooses the plural form and writes the number', () => {
    assert.equal(t('count.organisations', { n: 1 }), '1 organisation')
    assert.equal(t('count.organisations', { n: 4016 }), '4,016 organisations')
  })

  test('throws on an unknown key and on a missing argument', () => {
    assert.throws(() => t('no.such-key' as MessageKey), /no message "no.such-key"/)
    assert.throws(() => t('site.error-title'))
  })

  test('prints an argument as it is, whatever is in it', () => {
    assert.equal(t('site.error-title', { title: '{x} <b>' }), 'Error: {x} <b>')
  })
})

describe('formats', () => {
  const format = formatsOf('en')

  test('name countries and the answers that are not countries', () => {
    assert.equal(format.country('NL'), 'Netherlands')
    assert.equal(format.country('regional'), 'Regional')
    assert.equal(format.country('undisclosed'), 'Not disclosed')
  })

  test('say "as of" to the minute, in UTC', () => {
    assert.equal(format.time('2026-11-21T14:05:59.900Z'), '21 November 2026, 14:05 UTC')
  })

  test('keep the precision of a date', () => {
    assert.equal(format.preciseDate('2018-09'), 'September 2018')
  })
})
