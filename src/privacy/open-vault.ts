// Opens the vault with the keys in the database, and keeps it up to date while they are changed.
// Fails closed when SECRET_KEY is not the one that the database was made with.
import type { Db } from '../db/schema.ts'
import { WrongKey } from './cipher.ts'
import { formerKey } from './former-key.ts'
import { isComplete, masterOf, newKey, newRing, type OpenKeys, unwrap, wrap } from './keyring.ts'
import {
  hasEndorsements,
  hasInstallation,
  insertRing,
  parseRing,
  readFormerCheck,
  readRingText,
} from './keyring-store.ts'
import { type Vault, vaultWith } from './vault.ts'

export class KeyDoesNotFit extends Error {
  constructor(
    message = 'SECRET_KEY is not the key this database was made with. Nothing was changed. ' +
      'Set the key that was used before (see docs/operating.md, "The secret key").',
  ) {
    super(message)
  }
}

const ringIsMissing =
  'The database holds endorsements but not the keys they are sealed with. Nothing was changed. ' +
  'Restore a backup that is whole.'

export interface OpenVault {
  vault: Vault
  /** Looks whether the keys were changed; a running site does so every second. */
  reload(): Promise<void>
  close(): Promise<void>
}

interface Log {
  error(detail: object, message: string): void
}

const reloadMs = 1000

/** Makes the keyring at the first start; at every later one it must open. Throws KeyDoesNotFit. */
export async function openVault(db: Db, secret: string, log?: Log): Promise<OpenVault> {
  if ((await checkKey(db, secret)) === 'no-keys') await makeRing(db, secret)
  const read = await readRing(db, secret, new Map())
  if (!isComplete(read.ring, read.keys)) throw new KeyDoesNotFit()
  return watch(db, secret, read, log)
}

/** Changes nothing, so that it can be asked before a database is brought up to date. */
export async function checkKey(db: Db, secret: string): Promise<'fits' | 'no-keys'> {
  if (!(await hasInstallation(db))) return 'no-keys'
  // in this order: whoever makes the ring takes the check away
  const check = await readFormerCheck(db)
  const text = await readRingText(db)
  if (text === null && check === null) {
    if (await hasEndorsements(db)) throw new KeyDoesNotFit(ringIsMissing)
    return 'no-keys'
  }
  try {
    if (text === null) formerKey(secret, check ?? '')
    const ring = text === null ? null : parseRing(text)
    if (ring && !isComplete(ring, unwrap(ring, masterOf(secret)))) throw new WrongKey()
  } catch (fault) {
    if (fault instanceof WrongKey) throw new KeyDoesNotFit()
    throw fault
  }
  return text === null ? 'no-keys' : 'fits'
}

/** Whether this database was already used with some key. */
export async function hasKeys(db: Db): Promise<boolean> {
  if (!(await hasInstallation(db))) return false
  return (await readFormerCheck(db)) !== null || (await readRingText(db)) !== null
}

async function makeRing(db: Db, secret: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const check = await readFormerCheck(tx)
    const former = check === null ? null : formerKey(secret, check)
    const sealing = former ?? newKey()
    const hashing = former ?? newKey()
    const master = masterOf(secret)
    const ring = wrap(wrap(newRing(sealing, hashing), sealing, master), hashing, master)
    await insertRing(tx, ring)
  })
}

async function readRing(db: Db, secret: string, known: OpenKeys) {
  const text = await readRingText(db)
  if (text === null) throw new KeyDoesNotFit(ringIsMissing)
  const ring = parseRing(text)
  return { text, ring, keys: unwrap(ring, masterOf(secret), known) }
}

type Read = Awaited<ReturnType<typeof readRing>>

function watch(db: Db, secret: string, first: Read, log?: Log): OpenVault {
  let current = first
  let isFailing = false
  let running: Promise<void> | null = null

  async function reload(): Promise<void> {
    const read = await readRing(db, secret, current.keys)
    if (read.text === current.text) return
    // a key that cannot be opened here is not used: what is sealed must open again
    if (!isComplete(read.ring, read.keys)) throw new KeyDoesNotFit()
    current = read
  }

  const reloadQuietly = (): void => {
    running ??= reload()
      .then(() => void (isFailing = false))
      .catch((fault: unknown) => {
        if (!isFailing) log?.error({ err: fault }, 'the keys could not be read again')
        isFailing = true
      })
      .finally(() => void (running = null))
  }

  const timer = setInterval(reloadQuietly, reloadMs).unref()
  const vault = vaultWith({
    sealingId: () => current.ring.sealing,
    hashingId: () => current.ring.hashing,
    find(id) {
      const key = current.keys.get(id) ?? null
      if (key === null) reloadQuietly()
      return key
    },
  })
  return {
    vault,
    reload,
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
