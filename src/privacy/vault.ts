// Encryption at rest and keyed hashes (product.md P-3). One secret outside the database; a key of its
// own for every purpose by HKDF (RFC 5869), so that nothing sealed for one purpose opens for another.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

export type SealPurpose = 'address' | 'details' | 'recipient' | 'mail' | 'installation'
export type HashPurpose = 'address' | 'capacity' | 'token' | 'shown'

export interface Vault {
  /** Names the secret without telling it; stored beside hashes so that keys can be rotated. */
  keyId: string
  /** AES-256-GCM; `bound` (a row's id) must be the same when opening. Returns `keyId.base64url`. */
  seal(purpose: SealPurpose, bound: string, plain: string): string
  /** Throws when the key, the row or a byte is another one than at sealing. */
  open(purpose: SealPurpose, bound: string, sealed: string): string
  /** HMAC-SHA-256 of a value within a scope (a statement's id); base64url. */
  hash(purpose: HashPurpose, scope: string, value: string): string
  /** A link token made from a random 128-bit seed: 192 bits, unguessable without the key. */
  tokenFrom(seed: string): string
}

export class WrongKey extends Error {
  constructor() {
    super('This was not sealed with the current SECRET_KEY, or it was altered.')
  }
}

export function openVault(secret: string): Vault {
  const keys = new Map<string, KeyObject>()
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, 'undersigned', purpose, 32))
  const keyFor = (purpose: string): KeyObject => {
    const known = keys.get(purpose)
    if (known) return known
    const key = createSecretKey(derive(purpose))
    keys.set(purpose, key)
    return key
  }
  const hmac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', keyFor(purpose)).update(text).digest()
  const keyId = derive('key id').toString('hex').slice(0, 12)

  return {
    keyId,
    seal(purpose, bound, plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyFor(`seal ${purpose}`), nonce)
      cipher.setAAD(Buffer.from(bound))
      const sealed = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${keyId}.${Buffer.concat(sealed).toString('base64url')}`
    },
    open(purpose, bound, sealed) {
      const bytes = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url')
      try {
        const key = keyFor(`seal ${purpose}`)
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), {
          authTagLength: 16,
        })
        decipher.setAAD(Buffer.from(bound))
        decipher.setAuthTag(bytes.subarray(-16))
        return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        throw new WrongKey()
      }
    },
    hash: (purpose, scope, value) =>
      hmac(`hash ${purpose}`, `${scope}\0${value}`).toString('base64url'),
    tokenFrom: (seed) => hmac('link token', seed).subarray(0, 24).toString('base64url'),
  }
}
