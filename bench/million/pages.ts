// How long pages of a long list take that are rendered for each visitor: searches, filters, far pages.
import { slug } from '../prepare.ts'
import { shareOf } from '../watch.ts'
import { mustBe, say } from './say.ts'

interface Asked {
  what: string
  /** of the n-th time; differs, so that nothing comes from memory */
  path: (n: number) => string
  /** how many entries are found; null: more than are counted */
  found?: (rows: number) => number
}

const times = 25
const list = (query: string, language = '') =>
  `${language}/statements/${slug}/signatories?${encodeURI(query)}`
/** the sixth is left out in every thousand: for each n another number of the same length */
const numberOf = (n: number) => String(100_000 + ((n * 7919) % 100_000))

const asked: Asked[] = [
  { what: 'first page', path: (n) => list(`bench=${n}`), found: (rows) => rows },
  { what: 'last page', path: () => list('page=999999') },
  { what: 'page 10,000', path: (n) => list(`page=${10_000 + n}`) },
  { what: 'page 10,000 of one type', path: (n) => list(`type=individual&page=${10_000 + n}`) },
  { what: 'one name', path: (n) => list(`q=${numberOf(n)}`) },
  { what: 'one name, and a country', path: (n) => list(`q=${numberOf(n)}&country=KE`) },
  { what: 'the beginning of a word', path: (n) => list(`q=npud${String(n + 10)}`) },
  { what: 'a word that a third has', path: (n) => list(`q=network&bench=${n}`) },
  {
    what: 'that word, and filters',
    path: (n) => list(`q=network&country=AR&language=es&bench=${n}`),
  },
  { what: 'a word in Arabic', path: (n) => list(`q=ليلى&bench=${n}`, '/ar') },
  { what: 'two letters', path: (n) => list(`q=${n + 10}`) },
  { what: 'a word that nobody has', path: (n) => list(`q=xylophone${n}`), found: () => 0 },
  { what: 'a country', path: (n) => list(`country=UA&bench=${n}`) },
  { what: 'a country, page 500', path: (n) => list(`country=UA&page=${500 + n}`) },
  { what: 'a language and a country', path: (n) => list(`country=NP&language=ar&bench=${n}`) },
  { what: 'by country', path: (n) => list(`group=country&bench=${n}`) },
  { what: 'by country, page 10,000', path: (n) => list(`group=country&page=${10_000 + n}`) },
  { what: 'home page', path: (n) => `/?bench=${n}` },
  { what: 'statement', path: (n) => `/statements/${slug}?bench=${n}` },
  { what: 'press page', path: (n) => `/statements/${slug}/press?bench=${n}` },
  { what: 'countries', path: (n) => `/statements/${slug}/countries?bench=${n}` },
  { what: 'count.json', path: (n) => `/statements/${slug}/count.json?bench=${n}` },
]

export async function measurePages(url: string, rows: number): Promise<void> {
  const all: number[] = []
  for (const { what, path, found } of asked) {
    const waits: number[] = []
    let last = ''
    for (let n = 0; n < times; n += 1) {
      const started = performance.now()
      last = await textOf(url + path(n))
      waits.push(performance.now() - started)
      // what takes so long need not be measured so often
      if (waits.reduce((sum, wait) => sum + wait, 0) > 4000) break
    }
    all.push(...waits)
    waits.sort((a, b) => a - b)
    const [p50, p99] = [0.5, 0.99].map((share) => shareOf(waits, share).toFixed(1))
    const told = foundIn(last)
    const toldText = told === null ? '' : `, ${told} found`
    say(what, `p50 ${p50} ms, p99 ${p99} ms${toldText}`, 'p50 under 50 ms')
    if (found && told !== null) mustBe(what, told, found(rows))
  }
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return text
}

function foundIn(page: string): number | null {
  const label = /<div data-refresh="list">\s*<h2[^>]*>([^<]*)</.exec(page)?.[1]
  if (label === undefined) return null
  return Number(label.replaceAll(/\D/gu, '') || '0')
}
