// Lines that somebody pasted: `Name <address>`, or a table with tabs, semicolons or commas whose
// columns stand in any order. Only cut into cells here; invitee-form.ts judges them.
import { isLanguage } from '../languages/languages.ts'
import { isCountryCode } from '../text/countries.ts'

export interface Cells {
  name: string
  email: string
  contact_name: string
  country: string
  language: string
}

/** `line` counts from 1, as an editor does; empty lines and a line of column names are left out. */
export function cellsOf(text: string): { line: number; cells: Cells }[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((raw, n) => ({ line: n + 1, raw: raw.trim() }))
    .filter(({ raw }) => raw !== '')
  const isHeading = lines.length > 1 && lines[0]?.raw.includes('@') === false
  return (isHeading ? lines.slice(1) : lines).map(({ line, raw }) => ({ line, cells: cut(raw) }))
}

const named = /^(.*?)<([^<>]+@[^<>]+)>(.*)$/

function cut(raw: string): Cells {
  const [, before, address, behind] = named.exec(raw) ?? []
  if (before === undefined || address === undefined) return sorted(splitAt(separatorOf(raw), raw))
  const name = before.replace(/[\s,;\t]+$/, '')
  return sorted([unquoted(name), address, ...splitAt(separatorOf(behind ?? ''), behind ?? '')])
}

function separatorOf(raw: string): string {
  return ['\t', ';', ','].find((each) => raw.includes(each)) ?? '\t'
}

/** Quoted cells may hold the separator, as in CSV (RFC 4180). */
function splitAt(separator: string, raw: string): string[] {
  const cell =
    separator === '\t' ? /[^\t]+/g : new RegExp(`(?:"(?:[^"]|"")*"|[^${separator}"])+`, 'g')
  return (raw.match(cell) ?? []).map((each) => unquoted(each.trim()))
}

function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text.trim())?.[1]
  return inner === undefined ? text.trim() : inner.replaceAll('""', '"').trim()
}

/** Codes are told apart by their case: `fr` is a language, `FR` a country. */
function sorted(all: string[]): Cells {
  const rest = all.filter((cell) => cell !== '')
  const take = (is: (cell: string) => boolean): string => {
    const at = rest.findIndex(is)
    return at < 0 ? '' : (rest.splice(at, 1)[0] ?? '')
  }
  const email = take((cell) => cell.includes('@'))
  const language = take((cell) => /^[a-z]{2}$/.test(cell) && isLanguage(cell))
  const country = take((cell) => isCountryCode(cell) || /^(?:regional|international)$/i.test(cell))
  const [name = '', contact_name = ''] = rest
  return { name, email, contact_name, country, language }
}
