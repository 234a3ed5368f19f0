// How many may stay connected for live counts, and how many of them from one network: only when places
// become scarce, because a whole conference may stand behind one address (product.md S-8, P-4). Who gets
// none asks for count.json now and then.
import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import type { Context } from '../context.ts'
import { openDailyHash } from './daily-hash.ts'
import { publicNetworkOf } from './networks.ts'

export interface Places {
  /** @returns how it is given back, to be called once; null: there is none */
  take(address: string): (() => void) | null
}

/** of all places: from then on they are scarce, and one network may hold so many */
const scarceFrom = 1 / 2
const ofOneNetwork = 1 / 16

/** @param most all places there are */
export function openPlaces(
  { clock, config, metrics }: Pick<Context, 'clock' | 'config' | 'metrics'>,
  most: number,
): Places {
  const hash = openDailyHash(clock)
  const networks = new Map<string, number>()
  let taken = 0

  function isFull(network: string | null): boolean {
    if (taken >= most) return true
    if (!config.hasLimits || network === null || taken < most * scarceFrom) return false
    return (networks.get(network) ?? 0) >= most * ofOneNetwork
  }

  function count(network: string | null, by: 1 | -1): void {
    taken += by
    if (network === null) return
    const n = (networks.get(network) ?? 0) + by
    if (n > 0) networks.set(network, n)
    else networks.delete(network)
  }

  return {
    take(address) {
      const shown = publicNetworkOf(address)
      const network = shown === null ? null : hash(shown)
      if (isFull(network)) {
        metrics.refusedListener()
        return null
      }
      count(network, 1)
      return () => count(network, -1)
    },
  }
}

const filesForOthers = 1000
const bytesEach = 20_000
const unknownLimit = 4096

/** As many as there may be open files, but for what else is open, and as fit into half of the memory. */
export function placesHere(): number {
  const files = openFiles()
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  const byFiles = Math.max(files / 2, files - filesForOthers)
  return Math.floor(Math.min(byFiles, memory / 2 / bytesEach))
}

/** Node has raised its limit to what it may be by now; no other system tells it in a file. */
function openFiles(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const limit = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
    return limit === 'unlimited' ? Infinity : Number(limit ?? unknownLimit)
  } catch {
    return unknownLimit
  }
}
