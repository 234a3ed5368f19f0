// Reads the numbers off pages and files, as a careful visitor would.
import assert from 'node:assert/strict'
import { type CheerioAPI, load } from 'cheerio'
import { parse } from 'csv-parse/sync'
import { translator } from '../../src/languages/languages.ts'
import type { TestSite } from '../support/site.ts'

export type CsvRow = Record<string, string>

export async function readCsv(site: TestSite, path: string): Promise<CsvRow[]> {
  const response = await fetch(site.address + path)
  assert.equal(response.status, 200)
  // not response.text(), which would swallow the byte order mark
  const bytes = Buffer.from(await response.arrayBuffer())
  return parse(bytes, { bom: true, columns: true, relax_quotes: false })
}

async function page(site: TestSite, path: string): Promise<CheerioAPI> {
  const response = await fetch(site.address + path)
  assert.equal(response.status, 200, path)
  return load(await response.text())
}

export async function numbersOfPage(site: TestSite, slug: string, language: string) {
  const $ = await page(site, `/${language}/statements/${slug}`)
  const number = (name: string) => {
    const text = $(`[data-count=${name}]`).text()
    assert.match(text, /\d/, `${name} is shown in ${language}`)
    return Number(text.replaceAll(/\D/g, ''))
  }
  return {
    organisations: number('organisations'),
    individuals: number('individuals'),
    countries: number('countries'),
    as_of: $('time[data-count=as_of]').attr('datetime'),
  }
}

/** The list says its numbers in words, so they are looked for as those words. */
export async function numbersOfList(site: TestSite, slug: string, language: string) {
  const $ = await page(site, `/${language}/statements/${slug}/signatories`)
  const line = $('.count-line').text()
  const t = translator(language)
  return {
    organisations: shown(line, (n) => t('count.organisations', { n })),
    individuals: shown(line, (n) => t('count.individuals', { n })),
    countries: shown(line, (n) => t('count.countries', { n })),
    withheld: shown($('.page-head .withheld').text(), (n) => t('count.withheld', { n })),
    as_of: $('.as-of time').attr('datetime'),
  }
}

/** The number that the words stand for; 0 where they are not said. */
function shown(text: string, words: (n: number) => string): number {
  const numbers = Array.from({ length: 200 }, (_, n) => n)
  return numbers.findLast((n) => n > 0 && hasWords(text, words(n))) ?? 0
}

/** "1 organisation" is not found in "21 organisations", nor in "1 organisations". */
function hasWords(text: string, words: string): boolean {
  return text.split('\n').some((line) => line.trim() === words)
}

export async function numbersInFile(site: TestSite, slug: string) {
  const csv = await readCsv(site, `/statements/${slug}/signatories.csv`)
  const response = await fetch(`${site.address}/statements/${slug}/signatories.json`)
  const json = (await response.json()) as {
    counts: Record<string, number>
    as_of: string
    statement: { status: string; closes_at: string | null }
    signatories: unknown[]
  }
  const of = (type: string) => csv.filter((row) => row['type'] === type).length
  const { status, closes_at } = json.statement
  return {
    csv: { organisations: of('organisation'), individuals: of('individual') },
    json: { ...json.counts, as_of: json.as_of, status, closes_at },
    entries: json.signatories.length,
  }
}
