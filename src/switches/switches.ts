// What the operator has switched off for a while: signing, all writing, or the sending of mail.
// Read at most once a second, so that every process knows within two.
import { record } from '../audit/audit.ts'
import type { Clock, Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { deleteSwitch, readSwitches, writeSwitch } from './switch-store.ts'
import type { SwitchName } from './tables.ts'

export interface Switches {
  /** the instant since which it is off; null: it works */
  offSince(name: SwitchName): Promise<string | null>
}

const knownMs = 1000

export function openSwitches(db: Db, clock: Clock): Switches {
  let known: { at: number; off: Promise<Map<SwitchName, string>> } | null = null
  return {
    async offSince(name) {
      const now = clock.now().getTime()
      if (known === null || now - known.at >= knownMs) known = { at: now, off: readSwitches(db) }
      const { off } = known
      // a database that is away is asked again, not believed
      off.catch(() => (known = null))
      return (await off).get(name) ?? null
    },
  }
}

export async function switchOff(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  name: SwitchName,
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await writeSwitch(tx, name, clock.now().toISOString())
    await record(
      tx,
      { clock },
      { actor, action: 'paused', subject: 'site', detail: { what: name } },
    )
  })
}

/** @returns false when it was not off */
export async function switchOn(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  name: SwitchName,
  actor: string,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const wasOff = await deleteSwitch(tx, name)
    const detail = { what: name }
    if (wasOff) await record(tx, { clock }, { actor, action: 'resumed', subject: 'site', detail })
    return wasOff
  })
}
