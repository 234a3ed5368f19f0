// Slows down a network that sends very many forms; never refuses it, because a whole town or Tor may
// stand behind one address (product.md S-8). Networks are seen as keyed hashes in memory only, under
// a key that is never stored and changes every day (P-4).
import { createHmac, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'

const freePerMinute = 600
const pauseMs = 500

export function slowDown({ clock, config }: Pick<Context, 'clock' | 'config'>): RequestHandler {
  let day = { number: -1, key: randomBytes(32) }
  let minute = { number: -1, counts: new Map<string, number>() }

  function countOf(address: string): number {
    const now = clock.now().getTime()
    const dayNumber = Math.floor(now / 86_400_000)
    if (dayNumber !== day.number) day = { number: dayNumber, key: randomBytes(32) }
    const minuteNumber = Math.floor(now / 60_000)
    if (minuteNumber !== minute.number) minute = { number: minuteNumber, counts: new Map() }
    const bucket = createHmac('sha256', day.key).update(networkOf(address)).digest('base64')
    const count = (minute.counts.get(bucket) ?? 0) + 1
    minute.counts.set(bucket, count)
    return count
  }

  return async (req, _res, next) => {
    if (config.hasLimits && countOf(req.ip ?? '') > freePerMinute) await pause(pauseMs)
    next()
  }
}

/** The /24 of an IPv4 address, the /56 of an IPv6 one. */
function networkOf(address: string): string {
  const v4 = address.replace(/^::ffff:/, '')
  if (!isIPv6(v4)) return v4.split('.').slice(0, 3).join('.')
  const [head = '', tail = ''] = v4.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0'))
  return groups.join('').slice(0, 14)
}
