// Tells the operator that something happens, once for an incident: one line in the log at level
// error and a row in the table `alarms`. After an hour of calm the next incident is told again.
import type { Context } from '../context.ts'
import { beginAlarm, keepAlarm } from './alarm-store.ts'
import type { AlarmName } from './tables.ts'

export interface Alarms {
  /** @param subject a slug or 'site', never anything about a person */
  raise(name: AlarmName, subject: string): Promise<void>
}

const calmMs = 60 * 60_000
/** more often an incident that goes on is not written down */
const notedEveryMs = 60_000

const told: Readonly<Record<AlarmName, string>> = {
  flood: 'alarm: a flood of forms; see "When you are attacked" in docs/operating.md',
  'mail-ceiling': 'alarm: more mails than the site sends in a minute; they wait',
}

export function openAlarms({ db, clock, log }: Pick<Context, 'db' | 'clock' | 'log'>): Alarms {
  const notedAt = new Map<string, number>()

  return {
    async raise(name, subject) {
      const now = clock.now().getTime()
      const key = `${name} ${subject}`
      if (Math.abs(now - (notedAt.get(key) ?? -Infinity)) < notedEveryMs) return
      notedAt.set(key, now)
      const at = new Date(now).toISOString()
      const calmSince = new Date(now - calmMs).toISOString()
      if (await keepAlarm(db, { name, subject, last_at: at }, calmSince)) return
      const row = { name, subject, raised_at: at, last_at: at }
      if (await beginAlarm(db, row, calmSince)) log.error({ alarm: name, subject }, told[name])
    },
  }
}
