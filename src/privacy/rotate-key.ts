// Use case: changes the keys while the site runs (docs/adr/0009-keys.md). Each step can be repeated, so
// that what was interrupted is finished by doing it again; until the last step the old key still fits.
import { setTimeout as pause } from 'node:timers/promises'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { rewriteTable } from '../db/rewrite.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import {
  dataKeyAsWrapper,
  keepOnly,
  masterOf,
  newKey,
  type OpenKeys,
  type Ring,
  unwrap,
  wrap,
} from './keyring.ts'
import { parseRing, readRingText, replaceRing } from './keyring-store.ts'
import { KeyDoesNotFit, openVault } from './open-vault.ts'
import { type Progress, resealAll } from './reseal.ts'

/** The change has stopped, and the old key still fits. */
export class RotationStopped extends Error {}

const overtaken = 'Meanwhile a change to another new key was begun. This one has stopped.'
const unsafe =
  'The file of the new key does not hold that key any more. The change has stopped; ' +
  'the present key still fits. Put the file back, or begin again with another one.'

export interface Rotation {
  oldSecret: string
  newSecret: string
  progress: Progress
  /** asked before the old key is dropped: the new one must be safe by then */
  isNewSecretSafe: () => boolean
  waits?: Waits
}

interface Waits {
  /** until every running process has read the keys again, which it does each second */
  settle: () => Promise<unknown>
  /** until what was sealed with the old key is written: longer than a writer waits for its turn */
  late: () => Promise<unknown>
}

const usualWaits: Waits = { settle: () => pause(2_000), late: () => pause(12_000) }

/** @returns how many rows were sealed again */
export async function rotateKey(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  rotation: Rotation,
): Promise<number> {
  const { db, config } = ctx
  const { settle, late } = rotation.waits ?? usualWaits
  const opened = await openVault(db, rotation.oldSecret)
  try {
    await change(db, rotation, (ring, keys) => prepare(ring, keys, rotation.newSecret))
    await settle()
    await change(db, rotation, (ring) => ({ ...ring, sealing: toOf(ring, rotation.newSecret) }))
    await opened.reload()
    await settle()
    const first = await resealAll(db, opened.vault, rotation.progress)
    await late()
    const stragglers = await resealAll(db, opened.vault, rotation.progress)
    await finish(ctx, rotation, first + stragglers)
    await scrub(db, config.database.kind)
    await rewriteTable(db, config.database.kind, 'installation')
    return first + stragglers
  } finally {
    await opened.close()
  }
}

/**
 * Adds the key to come. It is wrapped by the new master, and by the key that seals now, which a
 * running process knows even when its SECRET_KEY is older still.
 */
function prepare(ring: Ring, keys: OpenKeys, newSecret: string): Ring {
  const master = masterOf(newSecret)
  const known = ring.rotation && keys.get(ring.rotation.to)
  const next = ring.rotation && known ? { id: ring.rotation.to, key: known } : newKey()
  const current = dataKeyAsWrapper(ring.sealing, keyIn(keys, ring.sealing))
  const begun: Ring = { ...ring, rotation: { to: next.id, master: master.id } }
  const withNext = ring.sealing === next.id ? begun : wrap(begun, next, current)
  return Object.keys(withNext.keys).reduce((wrapped, id) => {
    const key = id === next.id ? next.key : keyIn(keys, id)
    return wrap(wrapped, { id, key }, master)
  }, withNext)
}

function toOf(ring: Ring, newSecret: string): string {
  if (ring.rotation?.master !== masterOf(newSecret).id) throw new RotationStopped(overtaken)
  return ring.rotation.to
}

async function finish(
  ctx: Pick<Context, 'db' | 'clock'>,
  rotation: Rotation,
  rows: number,
): Promise<void> {
  const { newSecret } = rotation
  await ctx.db.transaction().execute(async (tx) => {
    await change(tx, rotation, (ring, keys) => {
      if (toOf(ring, newSecret) !== ring.sealing) throw new RotationStopped(overtaken)
      if (!rotation.isNewSecretSafe()) throw new RotationStopped(unsafe)
      return keepOnly(ring, masterOf(newSecret), keys)
    })
    const entry = { actor: 'command line', subject: 'site', detail: { rows } }
    await record(tx, ctx, { ...entry, action: 'key rotated' })
  })
}

async function change(
  db: Db,
  { oldSecret }: Rotation,
  how: (ring: Ring, keys: OpenKeys) => Ring,
): Promise<void> {
  for (;;) {
    const text = await readRingText(db)
    if (text === null) throw new KeyDoesNotFit()
    const ring = parseRing(text)
    const keys = unwrap(ring, masterOf(oldSecret))
    if (!keys.has(ring.sealing)) throw new KeyDoesNotFit()
    if (await replaceRing(db, text, how(ring, keys))) return
  }
}

function keyIn(keys: OpenKeys, id: string): Buffer {
  const key = keys.get(id)
  if (!key) throw new KeyDoesNotFit()
  return key
}
