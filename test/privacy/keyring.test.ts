import assert from 'node:assert/strict'
import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { after, test } from 'node:test'
import { type Config, readConfig } from '../../src/config.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { KeyDoesNotFit, type OpenVault, openVault } from '../../src/privacy/open-vault.ts'
import { rotateKey, RotationStopped } from '../../src/privacy/rotate-key.ts'
import { openShell } from '../support/command.ts'
import { countQueries } from '../support/counted-queries.ts'
import { freshDatabase } from '../support/databases.ts'
import { dumpOf, rowsByTable } from '../support/dump.ts'
import { until } from '../support/until.ts'

const first = 'the first secret, which is long enough'
const second = 'the second secret, which is long enough'
const third = 'the third secret, which is long enough'

interface Store {
  db: Db
  config: Config
  url: string
}

async function freshStore(): Promise<Store> {
  const fresh = await freshDatabase()
  const { url } = fresh
  const config = readConfig({ DATABASE_URL: url })
  const db = await openDatabase(config.database)
  after(async () => {
    await db.destroy()
    await fresh.drop()
  })
  await migrate(db, config.database.kind)
  return { db, config, url }
}

async function opened({ db }: Store, secret: string): Promise<OpenVault> {
  const open = await openVault(db, secret)
  after(() => open.close())
  return open
}

const at = (store: Store) => ({ ...store, clock: { now: () => new Date() } })

const atOnce = async () => {}

async function rotate(store: Store, oldSecret: string, newSecret: string, changes = {}) {
  const rotation = { oldSecret, newSecret, progress: () => undefined, isNewSecretSafe: () => true }
  return rotateKey(at(store), { ...rotation, waits: { settle: atOnce, late: atOnce }, ...changes })
}

async function keepMail({ db }: Store, { vault }: OpenVault, id: string): Promise<void> {
  const row = { id, mail_sealed: vault.seal('mail', id, `mail ${id}`), created_at: '2026-11-21' }
  await db.insertInto('mailbox').values(row).execute()
}

async function mailIn({ db }: Store, { vault }: OpenVault, id: string): Promise<string> {
  const row = await db
    .selectFrom('mailbox')
    .select('mail_sealed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return vault.open('mail', id, row.mail_sealed)
}

test('two that start at the same moment use the same keys', async () => {
  const store = await freshStore()
  const [one, other] = await Promise.all([opened(store, first), opened(store, first)])
  assert.equal(one.vault.keyId, other.vault.keyId)
  assert.equal(one.vault.hash('token', 'a', 'b'), other.vault.hash('token', 'a', 'b'))
  assert.equal(other.vault.open('mail', 'x', one.vault.seal('mail', 'x', 'text')), 'text')
})

test('the keys are random: the same secret on another database makes other hashes', async () => {
  const one = await opened(await freshStore(), first)
  const other = await opened(await freshStore(), first)
  assert.notEqual(one.vault.hash('token', 'a', 'b'), other.vault.hash('token', 'a', 'b'))
})

test('with a wrong or a missing key every command refuses, says so, and changes nothing', async () => {
  const store = await freshStore()
  await opened(store, first)
  const before = await dumpOf({ ctx: store })
  const commands = [['migrate'], ['serve'], ['key', 'rotate', '--new-key-file', 'new.key']]
  for (const command of commands) {
    const shell = openShell({ DATABASE_URL: store.url, SECRET_KEY: second, PORT: '0' })
    const { code, stderr, stdout } = await shell.run(...command)
    assert.equal(code, 1, stdout)
    assert.match(stderr, /^SECRET_KEY is not the key .* Nothing was changed\.[^\n]*\n$/)
    assert.deepEqual(readdirSync(shell.cwd), [])
  }
  const { code, stderr } = await openShell({ DATABASE_URL: store.url }).run('migrate')
  assert.equal(code, 1)
  assert.match(stderr, /^SECRET_KEY is not set and var.secret\.key is missing[^\n]*\n$/)
  assert.equal(await dumpOf({ ctx: store }), before)
})

test('a database that lost its keys is refused rather than given new ones', async () => {
  const store = await freshStore()
  await opened(store, first)
  await insertEndorsement(store)
  await store.db.deleteFrom('installation').execute()
  await assert.rejects(openVault(store.db, first), /not the keys they are sealed with/)
})

async function insertEndorsement({ db }: Store): Promise<void> {
  const statement = { id: 's', slug: 's', kind: 'open-letter', state: 'open', signers: 'both' }
  const rest = { visibility_default: 'listed', discreet: 0, review: 'none' }
  const lists = { convenors: '[]', addressees: '[]', authoritative_language: 'en', last_number: 0 }
  const times = { created_at: '2026-11-21', updated_at: '2026-11-21' }
  await db
    .insertInto('statements')
    .values({ ...statement, ...rest, ...lists, ...times } as never)
    .execute()
  const text = { id: 't', statement_id: 's', language: 'en', number: 1, title: '', summary: '' }
  await db
    .insertInto('text_versions')
    .values({ ...text, body: '', hash: '', created_at: '2026-11-21' })
    .execute()
  const sealed = { key_id: '', address_hash: '', capacity_hash: '', address_sealed: '' }
  const told = { country: 'KE', visibility: 'listed', language: 'en', text_version_id: 't' }
  const state = { type: 'individual', state: 'pending', flags: '[]', updates: 0, reminded: 0 }
  const row = {
    id: 'e',
    statement_id: 's',
    details_sealed: '',
    signed_at: '2026-11-21',
    revision: 0,
  }
  await db
    .insertInto('endorsements')
    .values({ ...row, ...sealed, ...told, ...state } as never)
    .execute()
}

test('a keyring that somebody altered is refused', async () => {
  const store = await freshStore()
  await opened(store, first)
  const { value } = await store.db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', 'keyring')
    .executeTakeFirstOrThrow()
  const ring = JSON.parse(value) as { sealing: string; hashing: string; keys: object }
  const keys = ring.keys as Record<string, unknown>
  // the two keys in each other's place
  const swapped = { [ring.sealing]: keys[ring.hashing], [ring.hashing]: keys[ring.sealing] }
  await store.db
    .updateTable('installation')
    .set({ value: JSON.stringify({ ...ring, keys: swapped }) })
    .where('name', '=', 'keyring')
    .execute()
  await assert.rejects(openVault(store.db, first), KeyDoesNotFit)
})

/** As version 0.1 sealed: everything derived from the secret itself. */
function versionOne(secret: string) {
  const derived = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, 'undersigned', purpose, 32))
  const id = derived('key id').toString('hex').slice(0, 12)
  return {
    seal(purpose: string, bound: string, plain: string): string {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', derived(`seal ${purpose}`), nonce)
      cipher.setAAD(Buffer.from(bound))
      const sealed = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]
      return `${id}.${Buffer.concat(sealed).toString('base64url')}`
    },
    hash: (purpose: string, scope: string, value: string) =>
      createHmac('sha256', derived(`hash ${purpose}`))
        .update(`${scope}\0${value}`)
        .digest('base64url'),
  }
}

test('a database of version 0.1 goes on: what was sealed opens, every hash is the same, the key can change', async () => {
  const store = await freshStore()
  const former = versionOne(first)
  const check = former.seal('installation', 'key check', 'undersigned')
  await store.db.insertInto('installation').values({ name: 'key check', value: check }).execute()
  const mail = { id: 'm', mail_sealed: former.seal('mail', 'm', 'mail m'), created_at: '' }
  await store.db.insertInto('mailbox').values(mail).execute()

  await assert.rejects(openVault(store.db, second), KeyDoesNotFit)
  const now = await opened(store, first)
  assert.equal(await mailIn(store, now, 'm'), 'mail m')
  assert.equal(now.vault.hash('token', 'a', 'b'), former.hash('token', 'a', 'b'))

  assert.equal(await rotate(store, first, second), 1)
  const later = await opened(store, second)
  assert.equal(await mailIn(store, later, 'm'), 'mail m')
  assert.equal(later.vault.hash('token', 'a', 'b'), former.hash('token', 'a', 'b'))
  await assert.rejects(openVault(store.db, first), KeyDoesNotFit)
})

test('an interrupted change leaves the old key fitting, and is finished by doing it again', async () => {
  const store = await freshStore()
  const running = await opened(store, first)
  for (const id of ['a', 'b']) await keepMail(store, running, id)

  const unsafe = rotate(store, first, second, { isNewSecretSafe: () => false })
  await assert.rejects(unsafe, RotationStopped)
  const again = await opened(store, first)
  for (const id of ['a', 'b']) assert.equal(await mailIn(store, again, id), `mail ${id}`)

  // the file of the second key is lost: a third one does as well
  await rotate(store, first, third)
  for (const secret of [first, second]) {
    await assert.rejects(openVault(store.db, secret), KeyDoesNotFit)
  }
  const finished = await opened(store, third)
  for (const id of ['a', 'b']) assert.equal(await mailIn(store, finished, id), `mail ${id}`)
  const { keyId } = running.vault
  assert.equal(JSON.stringify(await rowsByTable({ ctx: store })).includes(keyId), false)
})

test('a change stops when another one to another key has begun, and only that one counts', async () => {
  const store = await freshStore()
  await opened(store, first)
  const late = () => rotate(store, first, third)
  await assert.rejects(rotate(store, first, second, { waits: { settle: atOnce, late } }))
  await assert.rejects(openVault(store.db, second), KeyDoesNotFit)
  await opened(store, third)
})

test('something that no key opens stops the change before anything is dropped', async () => {
  const store = await freshStore()
  const running = await opened(store, first)
  await keepMail(store, running, 'a')
  const damaged = { id: 'b', mail_sealed: `${running.vault.keyId}.AAAA`, created_at: '' }
  await store.db.insertInto('mailbox').values(damaged).execute()
  await assert.rejects(rotate(store, first, second), /row b of mailbox/)
  assert.equal(await mailIn(store, await opened(store, first), 'a'), 'mail a')
})

test('a site that runs learns every new key, also after its own secret is out of date', async (t) => {
  const store = await freshStore()
  const queries = countQueries(store.db)
  t.mock.timers.enable({ apis: ['setInterval'] })
  const running = await opened({ ...store, db: queries.db }, first)
  await keepMail(store, running, 'a')
  // until it has looked again, which it does every second: it begins once more only after it has
  const settle = () => {
    const enough = queries.count + 2
    return until('it has looked again', () => {
      t.mock.timers.tick(1000)
      return queries.count >= enough
    })
  }
  const waits = { settle, late: atOnce }
  await rotate(store, first, second, { waits })
  await keepMail(store, running, 'b')
  await rotate(store, second, third, { waits })
  await keepMail(store, running, 'c')
  const next = await opened(store, third)
  assert.equal(running.vault.keyId, next.vault.keyId)
  for (const id of ['a', 'b', 'c']) {
    assert.equal(await mailIn(store, running, id), `mail ${id}`)
    assert.equal(await mailIn(store, next, id), `mail ${id}`)
  }
})
