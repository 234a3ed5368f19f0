// wrk, where it is installed (Debian: `apt install wrk`), for what is asked for with GET: it takes much less
// of the machine than autocannon, which is the slower of the two when a server does little.
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Load, Round } from './load.ts'

// it shows its usage, and ends with 1
export const hasWrk = spawnSync('wrk', ['--version']).error === undefined

const run = promisify(execFile)
const inMs: Record<string, number> = { us: 0.001, ms: 1, s: 1000 }

/** @param seconds whole ones */
export async function measureWithWrk(
  { url, headers = {} }: Load,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Round> {
  const asked = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const how = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...asked]
  const { stdout } = await run('wrk', [...how, url])
  if (/Non-2xx|Socket errors/.test(stdout))
    throw new Error(`${url} was not always answered:\n${stdout}`)
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: latency(stdout, '50%'),
    p99: latency(stdout, '99%'),
    answers: Number(/(\d+) requests in/.exec(stdout)?.[1]),
  }
}

function latency(printed: string, share: string): number {
  const [, value, unit = ''] = new RegExp(`${share}\\s+([\\d.]+)(us|ms|s)`).exec(printed) ?? []
  return Number(value) * (inMs[unit] ?? Number.NaN)
}
