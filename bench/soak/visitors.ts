// Those who only look: pages, lists and pictures, live counts that come and go, and downloads that are
// given up half-way.
import { get } from 'node:http'
import { watchCounts, type Watchers } from '../faults/watch-counts.ts'

export interface Visitors {
  /** answers that nobody should get */
  wrong: string[]
  stop(): void
}

const perSecond = 20
const watching = 20
const groups = 10
const watchedForMs = 30_000
const downloadEveryMs = 2000

/** kept in memory, and not; cheap and dear */
const pages = [
  '',
  '/count.json',
  '/signatories',
  '/signatories?page=7',
  '/signatories?q=river',
  '/signatories?type=organisation&country=KE&group=country',
  '/countries',
  '/pictures',
  '/press',
  '/endorse?as=individual',
  '/updates',
  '/nothing-here',
]
const downloads = ['signatories.csv', 'signatories.json', 'signatories.xlsx', 'signatories.docx']
const languages = ['', '/es', '/fr', '/ru', '/ar']

/** @param statement its address */
export function openVisitors(statement: string): Visitors {
  const { origin, pathname } = new URL(statement)
  const wrong: string[] = []
  let visit = 0
  const visiting = setInterval(() => {
    const page = pages[visit % pages.length] ?? ''
    const language = languages[visit % languages.length] ?? ''
    visit += 1
    const expected = page === '/nothing-here' ? 404 : 200
    void look(`${origin}${language}${pathname}${page}`, expected, wrong)
  }, 1000 / perSecond)
  let started = 0
  const downloading = setInterval(() => {
    const file = downloads[started % downloads.length] ?? ''
    // every other one is given up after its first bytes
    load(`${statement}/${file}`, started % 2 === 0)
    started += 1
  }, downloadEveryMs)
  const watchers = takeTurns(`${statement}/live`)
  return {
    wrong,
    stop() {
      for (const timer of [visiting, downloading]) clearInterval(timer)
      watchers.stop()
    },
  }
}

async function look(url: string, expected: number, wrong: string[]): Promise<void> {
  try {
    const answer = await fetch(url)
    await answer.arrayBuffer()
    if (answer.status !== expected) wrong.push(`${url}: ${answer.status}`)
  } catch (fault) {
    wrong.push(`${url}: ${String(fault)}`)
  }
}

function load(url: string, givesUp: boolean): void {
  const request = get(url, (response) => {
    if (givesUp) response.once('data', () => request.destroy())
    else response.resume()
  })
  request.on('error', () => undefined)
}

/** The group that has watched longest goes, and a new one comes. */
function takeTurns(url: string) {
  const come = () => watchCounts(url, watching)
  const all: Watchers[] = Array.from({ length: groups }, come)
  const changing = setInterval(() => {
    all.shift()?.stop()
    all.push(come())
  }, watchedForMs / groups)
  return {
    stop() {
      clearInterval(changing)
      for (const each of all) each.stop()
    },
  }
}
