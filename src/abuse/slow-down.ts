// Slows down a network that sends very many forms; never refuses it, because a whole town or Tor may
// stand behind one address (product.md S-8). Networks are seen as daily hashes in memory only (P-4).
// And however many send at the same time, only a few forms are worked on at once: the others wait
// without holding up those who read.
import { setTimeout as pause } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { Turns } from './turns.ts'
import { openDailyHash } from './daily-hash.ts'
import { networkOf } from './networks.ts'

const freePerMinute = 600
const pauseMs = 500
/** leaves connections to the database for everyone else (PostgreSQL: 10, see db/open.ts) */
const formsAtOnce = 6

export function slowDown({
  clock,
  config,
  processes,
}: Pick<Context, 'clock' | 'config' | 'processes'>): RequestHandler {
  const hash = openDailyHash(clock)
  let minute = { number: -1, counts: new Map<string, number>() }

  function countOf(address: string): number {
    const number = Math.floor(clock.now().getTime() / 60_000)
    if (number !== minute.number) minute = { number, counts: new Map() }
    const bucket = hash(networkOf(address))
    const count = (minute.counts.get(bucket) ?? 0) + 1
    minute.counts.set(bucket, count)
    return count
  }

  const turns = new Turns(formsAtOnce)

  return async (req, res, next) => {
    if (!config.hasLimits) return next()
    const free = freePerMinute / processes.doing('serves')
    if (countOf(req.ip ?? '') > free) await pause(pauseMs)
    await turns.take()
    // who has left meanwhile is answered by nobody, and closes nothing any more
    if (res.closed || req.socket.destroyed) return turns.give()
    res.once('close', () => turns.give())
    next()
  }
}
