// Encryption at rest and keyed hashes (product.md P-3), with the keys of the keyring: a key of its own
// is derived from them for every purpose.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { decrypt, derive, encrypt, WrongKey } from './cipher.ts'

export type SealPurpose =
  | 'address'
  | 'details'
  | 'recipient'
  | 'mail'
  | 'coordinator'
  | 'code'
  | 'evidence'
  | 'sheet'
  | 'invitation'
  | 'note'
  | 'signing'
  | 'report'
export type HashPurpose =
  | 'address'
  | 'capacity'
  | 'token'
  | 'shown'
  | 'proof'
  | 'coordinator'
  | 'form'
  | 'invitation'
  | 'name'

export interface Vault {
  /** Names the current sealing key without telling it. */
  readonly keyId: string
  /** AES-256-GCM; `bound` (a row's id) must be the same when opening. Returns `keyId.base64url`. */
  seal(purpose: SealPurpose, bound: string, plain: string): string
  /** Throws WrongKey when the key, the row or a byte is another one than at sealing. */
  open(purpose: SealPurpose, bound: string, sealed: string): string
  /** HMAC-SHA-256 of a value within a scope (a statement's id); base64url. */
  hash(purpose: HashPurpose, scope: string, value: string): string
  /** A link token made from a random 128-bit seed: 192 bits, unguessable without the key. */
  tokenFrom(seed: string): string
}

/** The keys as they are at this moment; they change while the site runs (see keyring.ts). */
export interface Keys {
  sealingId(): string
  hashingId(): string
  /** null for a key that is not, or not yet, known */
  find(id: string): Buffer | null
}

export function vaultWith(keys: Keys): Vault {
  // as key objects: Node takes four times as long with the bytes of a key as with one of these
  const derived = new Map<string, KeyObject>()
  const keyFor = (id: string, purpose: string): KeyObject => {
    const known = derived.get(`${id} ${purpose}`)
    if (known) return known
    const root = keys.find(id)
    if (!root) throw new WrongKey()
    const key = createSecretKey(derive(root, purpose))
    derived.set(`${id} ${purpose}`, key)
    return key
  }
  const hmac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', keyFor(keys.hashingId(), purpose)).update(text).digest()

  return {
    get keyId() {
      return keys.sealingId()
    },
    seal(purpose, bound, plain) {
      const id = keys.sealingId()
      const sealed = encrypt(keyFor(id, `seal ${purpose}`), bound, Buffer.from(plain))
      return `${id}.${sealed.toString('base64url')}`
    },
    open(purpose, bound, sealed) {
      const dot = sealed.indexOf('.')
      const key = keyFor(sealed.slice(0, Math.max(0, dot)), `seal ${purpose}`)
      return decrypt(key, bound, Buffer.from(sealed.slice(dot + 1), 'base64url')).toString()
    },
    hash: (purpose, scope, value) =>
      hmac(`hash ${purpose}`, `${scope}\0${value}`).toString('base64url'),
    tokenFrom: (seed) => hmac('link token', seed).subarray(0, 24).toString('base64url'),
  }
}
