// The key that signs editions: the same after the secret key was changed.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, test } from 'node:test'
import { openSigner } from '../../src/editions/signing-key.ts'
import { openVault } from '../../src/privacy/open-vault.ts'
import { rotateKey } from '../../src/privacy/rotate-key.ts'
import { dumpOf } from '../support/dump.ts'
import { testSecret } from '../support/site.ts'
import { get, openEditions } from './read-editions.ts'

test('the signing key stays when the secret key is changed, and is in the database only sealed', async () => {
  const site = await openEditions()
  const pem = (await get(site, '/.well-known/undersigned-key.pem')).text
  const { db, clock } = site.ctx
  const sealed = await db.selectFrom('signing_keys').select('private_sealed').execute()
  const newSecret = 'another secret, which is long enough too'
  await rotateKey(
    { ...site.ctx, clock },
    {
      oldSecret: testSecret,
      newSecret,
      progress: () => undefined,
      isNewSecretSafe: () => true,
      waits: { settle: async () => {}, late: async () => {} },
    },
  )
  assert.notDeepEqual(
    await db.selectFrom('signing_keys').select('private_sealed').execute(),
    sealed,
  )
  const opened = await openVault(db, newSecret)
  after(() => opened.close())
  const sign = await openSigner({ db, vault: opened.vault })
  const bytes = Buffer.from('a list')
  assert.ok(verify(null, bytes, createPublicKey(pem), sign(bytes)))
  assert.equal((await get(site, '/.well-known/undersigned-key.pem')).text, pem)
  // the beginning of every Ed25519 private key in DER, in base64 (RFC 8410)
  assert.ok(!(await dumpOf(site)).includes('MC4CAQAwBQYDK2Vw'))
})
