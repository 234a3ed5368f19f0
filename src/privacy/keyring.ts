// The keyring: random data keys, stored wrapped. The master key that unwraps them comes from SECRET_KEY
// and is nowhere in the database (docs/adr/0009-keys.md). Pure: reads and writes nothing.
import { randomBytes } from 'node:crypto'
import { decrypt, derive, encrypt } from './cipher.ts'

/** As it is stored; `wrapped` by the id of the key that it can be unwrapped with. */
export interface Ring {
  /** the key that seals now */
  sealing: string
  /** the key of keyed hashes and links; it stays for the life of the database */
  hashing: string
  keys: Record<string, { wrapped: Record<string, string> }>
  /** a change of keys that has begun: the sealing key to come, and the master that will remain */
  rotation: { to: string; master: string } | null
}

/** Unwrapped keys by id. */
export type OpenKeys = Map<string, Buffer>

/** What can unwrap: the master key, or a data key that is known already. */
interface Wrapper {
  id: string
  key: Buffer
}

export function masterOf(secret: string): Wrapper {
  const id = `master-${derive(secret, 'master id').toString('hex').slice(0, 12)}`
  return { id, key: derive(secret, 'master') }
}

/** Lets those who know one data key learn another: a running site, of which SECRET_KEY has changed. */
export function dataKeyAsWrapper(id: string, key: Buffer): Wrapper {
  return { id, key: derive(key, 'wrap') }
}

export function newKey(): { id: string; key: Buffer } {
  return { id: randomBytes(6).toString('hex'), key: randomBytes(32) }
}

export function newRing(sealing: { id: string; key: Buffer }, hashing: typeof sealing): Ring {
  return {
    sealing: sealing.id,
    hashing: hashing.id,
    keys: { [sealing.id]: { wrapped: {} }, [hashing.id]: { wrapped: {} } },
    rotation: null,
  }
}

/** The ring with one of its keys also wrapped by `by`. */
export function wrap(ring: Ring, { id, key }: { id: string; key: Buffer }, by: Wrapper): Ring {
  const before = ring.keys[id]?.wrapped ?? {}
  const wrapped = { ...before, [by.id]: encrypt(by.key, boundTo(id), key).toString('base64url') }
  return { ...ring, keys: { ...ring.keys, [id]: { wrapped } } }
}

/** All keys that the master and the known keys lead to, the known ones included. */
export function unwrap(ring: Ring, master: Wrapper, known: OpenKeys = new Map()): OpenKeys {
  const open: OpenKeys = new Map(known)
  for (;;) {
    const before = open.size
    for (const [id, { wrapped }] of Object.entries(ring.keys)) {
      const key = open.has(id) ? null : unwrapOne(id, wrapped, [master, ...wrappersOf(open)])
      if (key) open.set(id, key)
    }
    if (open.size === before) return open
  }
}

/** Throws WrongKey when what should open does not: somebody has altered the ring. */
function unwrapOne(
  id: string,
  wrapped: Record<string, string>,
  wrappers: Wrapper[],
): Buffer | null {
  for (const by of wrappers) {
    const bytes = wrapped[by.id]
    if (bytes !== undefined) return decrypt(by.key, boundTo(id), Buffer.from(bytes, 'base64url'))
  }
  return null
}

const boundTo = (id: string) => `keyring ${id}`

function wrappersOf(open: OpenKeys): Wrapper[] {
  return [...open].map(([id, key]) => dataKeyAsWrapper(id, key))
}

/** Whether everything that is needed for work is there. */
export function isComplete(ring: Ring, open: OpenKeys): boolean {
  return open.has(ring.sealing) && open.has(ring.hashing)
}

/** Only what is in use, and only as `master` can unwrap it: what the old master opened is gone. */
export function keepOnly(ring: Ring, master: Wrapper, open: OpenKeys): Ring {
  const bare: Ring = { sealing: ring.sealing, hashing: ring.hashing, keys: {}, rotation: null }
  return [...new Set([ring.sealing, ring.hashing])].reduce((kept, id) => {
    const key = open.get(id)
    if (!key) throw new Error(`The key ${id} is not open`)
    return wrap(kept, { id, key }, master)
  }, bare)
}
