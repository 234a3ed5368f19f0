// What the operator has switched off for a while: signing, all writing, or the sending of mail.
// Read at most once a second, so that every process knows within two.
import { record } from '../audit/audit.ts'
import type { Clock, Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { extendDeadlines } from '../statements/pause.ts'
import { deleteSwitch, readSwitches, writeSwitch } from './switch-store.ts'
import type { SwitchName } from './tables.ts'

export interface Switches {
  /** the instant since which it is off; null: it works */
  offSince(name: SwitchName): Promise<string | null>
  /** What is asked from now on is read anew. */
  forget(): void
}

/** As it is now, for the page that turns them. */
export const switchesOff = readSwitches

const knownMs = 1000

export function openSwitches(db: Db, clock: Clock): Switches {
  let known: { at: number; off: Promise<Map<SwitchName, string>> } | null = null
  return {
    async offSince(name) {
      const now = clock.now().getTime()
      // also when the clock was set back
      if (known === null || Math.abs(now - known.at) >= knownMs)
        known = { at: now, off: readSwitches(db) }
      const { off } = known
      // a database that is away is asked again, not believed
      off.catch(() => (known = null))
      return (await off).get(name) ?? null
    },
    forget() {
      known = null
    },
  }
}

/** @returns false when it was off already */
export async function switchOff(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  name: SwitchName,
  actor: string,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const isNew = await writeSwitch(tx, name, clock.now().toISOString())
    const entry = { actor, action: 'paused', subject: 'site', detail: { what: name } } as const
    if (isNew) await record(tx, { clock }, entry)
    return isNew
  })
}

export type SwitchedOn = { wasOff: false } | { wasOff: true; extended: number }

/** With `extend`, the deadlines that this pause has shortened move by as much (see pause.ts). */
export async function switchOn(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  name: SwitchName,
  extend: boolean,
  actor: string,
): Promise<SwitchedOn> {
  return db.transaction().execute(async (tx) => {
    const since = await deleteSwitch(tx, name)
    if (since === null) return { wasOff: false }
    const extended = extend ? await extendDeadlines(tx, { clock }, since) : 0
    const detail = { what: name, extended }
    await record(tx, { clock }, { actor, action: 'resumed', subject: 'site', detail })
    return { wasOff: true, extended }
  })
}
