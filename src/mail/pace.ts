// A pace for one kind of thing each: so many in a minute, and the others wait for the next minute;
// none is lost (product.md S-8, per statement).

export interface Pace {
  /** null while there is room; otherwise when there is room again */
  fullUntil(key: string, now: Date): Date | null
  count(key: string, now: Date): void
}

const minuteMs = 60_000

export function openPace(mostPerMinute: number): Pace {
  let minute = { number: -1, counts: new Map<string, number>() }
  const countsAt = (now: Date): Map<string, number> => {
    const number = Math.floor(now.getTime() / minuteMs)
    if (number !== minute.number) minute = { number, counts: new Map() }
    return minute.counts
  }
  return {
    fullUntil(key, now) {
      const isFull = (countsAt(now).get(key) ?? 0) >= mostPerMinute
      return isFull ? new Date((minute.number + 1) * minuteMs) : null
    },
    count(key, now) {
      const counts = countsAt(now)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
  }
}
