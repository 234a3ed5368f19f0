// The two primitives everything sealed is made of: AES-256-GCM, and keys derived by HKDF (RFC 5869).
import { type CipherKey, createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { fewRandomBytes } from './random-bytes.ts'

const nonceBytes = 12
const tagBytes = 16

/** This was not sealed with this key, or it was altered. */
export class WrongKey extends Error {
  constructor() {
    super('This was not sealed with a key of this site, or it was altered.')
  }
}

/** A key of 256 bits for one purpose; nothing sealed for one purpose opens for another. */
export function derive(from: string | Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', from, 'undersigned', purpose, 32))
}

/** @returns nonce, ciphertext and tag; `bound` must be the same when opening */
export function encrypt(key: CipherKey, bound: string, plain: Buffer): Buffer {
  const nonce = fewRandomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws WrongKey when the key, what it is bound to, or a byte is another one. */
export function decrypt(key: CipherKey, bound: string, bytes: Buffer): Buffer {
  try {
    const nonce = bytes.subarray(0, nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(bound))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    throw new WrongKey()
  }
}
