// The Ed25519 key of the installation: made once, its private part sealed in the database, so that it
// survives a change of SECRET_KEY and moves with a backup.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import type { Context } from '../context.ts'
import { findKey, insertKey } from './key-store.ts'

const id = 'ed25519'

type Needs = Pick<Context, 'db' | 'vault' | 'clock'>

/** Makes the key when there is none; at the start, because reading the public part changes nothing. */
export async function ensureSigningKey({ db, vault, clock }: Needs): Promise<void> {
  if (await findKey(db, id)) return
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const der = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  await insertKey(db, {
    id,
    public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    private_sealed: vault.seal('signing', id, der),
    created_at: clock.now().toISOString(),
  })
}

export type Sign = (bytes: Buffer) => Buffer

export async function openSigner({ db, vault }: Pick<Needs, 'db' | 'vault'>): Promise<Sign> {
  const row = await findKey(db, id)
  if (!row) throw new Error('There is no signing key')
  const der = Buffer.from(vault.open('signing', id, row.private_sealed), 'base64')
  const key = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
  return (bytes) => sign(null, bytes, key)
}

export interface PublicKey {
  /** SubjectPublicKeyInfo, as openssl reads it */
  pem: string
  /** RFC 8037, with the thumbprint of RFC 7638 as its name */
  jwk: Record<string, string>
}

export async function publicKeyOf({ db }: Pick<Needs, 'db'>): Promise<PublicKey> {
  const row = await findKey(db, id)
  if (!row) throw new Error('There is no signing key')
  return { pem: row.public_key, jwk: jwkOf(createPublicKey(row.public_key)) }
}

function jwkOf(key: KeyObject): Record<string, string> {
  const { crv = '', kty = '', x = '' } = key.export({ format: 'jwk' })
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  return { kty, crv, x, kid, use: 'sig', alg: 'EdDSA' }
}
