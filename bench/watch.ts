// Watches a running site from outside: how long others wait for a page, and how much memory it takes.
import { readdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export interface Watched {
  /** megabytes, the most that was seen */
  memory: number
  /** the same with the processes that it has started */
  memoryOfAll: number
  /** milliseconds until the page was there, in ascending order */
  waits: number[]
}

const everyMs = 40

/**
 * Asks for a page at even intervals, whether or not the last one has come, until the work is done.
 * @param pid of the site
 */
export async function watchWhile(url: string, pid: number, work: () => Promise<void>) {
  const seen: Watched = { memory: 0, memoryOfAll: 0, waits: [] }
  const done = new AbortController()
  const working = work().finally(() => done.abort())
  const asking: Promise<void>[] = []
  while (!done.signal.aborted) {
    asking.push(waitFor(url).then((ms) => void seen.waits.push(ms)))
    const own = residentOf(pid)
    const all = own + childrenOf(pid).reduce((sum, child) => sum + residentOf(child), 0)
    seen.memory = Math.max(seen.memory, own)
    seen.memoryOfAll = Math.max(seen.memoryOfAll, all)
    await pause(everyMs)
  }
  await working
  await Promise.all(asking)
  seen.waits.sort((a, b) => a - b)
  return seen
}

export function shareOf(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
}

function waitFor(url: string): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      response.resume().on('end', () => resolve(performance.now() - started))
    })
    request.on('error', reject)
  })
}

export function residentOf(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6
  } catch {
    return 0
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  )
}
