// What must be true of every page as it is sent, whoever reads it.
import assert from 'node:assert/strict'
import type { CheerioAPI } from 'cheerio'
import { dirOf } from '../../../src/languages/languages.ts'
import { unmarkedTexts } from './foreign-texts.ts'
import { ownText } from './own-text.ts'

export function assertLanguage($: CheerioAPI, language: string): void {
  assert.deepEqual([$('html').attr('lang'), $('html').attr('dir')], [language, dirOf(language)])
  assert.deepEqual(unmarkedTexts($), [])
}

export function assertNothingInline($: CheerioAPI): void {
  assert.equal($('script:not([src]), style, [style]').length, 0, 'no inline script or style')
  const handlers = $('*').filter((_, element) =>
    Object.keys($(element).attr() ?? {}).some((name) => name.startsWith('on')),
  )
  assert.equal(handlers.length, 0, 'no inline handlers')
  const foreign = $('script, link, img, iframe')
    .toArray()
    .map((each) => $(each).attr('src') ?? '')
  assert.ok(
    foreign.every((src) => src === '' || /^\/(?!\/)/.test(src)),
    foreign.join(),
  )
}

/** Names that people typed keep their direction to themselves. */
export function assertNamesIsolated($: CheerioAPI): void {
  const names = ['سلمى حداد', 'Юлия Ёлкина', 'Harbour Harm Reduction Alliance', 'Torbjørn Bræk']
  $('main *').each((_, element) => {
    const own = ownText($, element)
    if (!names.some((name) => own.includes(name))) return
    assert.ok($(element).closest('bdi, pre, input').length > 0, $.html(element).slice(0, 200))
  })
}
