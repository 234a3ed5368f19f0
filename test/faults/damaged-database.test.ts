// A damaged file is found at the start, and told in words that say how to go on.
import assert from 'node:assert/strict'
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { DamagedDatabase, refuseDamaged } from '../../src/db/refuse-damaged.ts'
import { checkUp } from '../../src/doctor/check-up.ts'
import { makeNameIndex } from '../../src/signatories/name-index-store.ts'
import { openShell } from '../support/command.ts'
import { testSecret } from '../support/site.ts'

const folder = mkdtempSync(join(tmpdir(), 'undersigned-damaged-'))
after(() => rmSync(folder, { recursive: true }))
const whole = join(folder, 'whole.db')
const db = await openDatabase({ kind: 'sqlite', file: whole })
await migrate(db, 'sqlite')
// as if this table were large
await sql`insert into suppressions (rowid, address_hash, expires_at) values (20000, 'a', 'b')`.execute(
  db,
)
const page = await pageOf('consents')
const pageOfLarge = await pageOf('sqlite_autoindex_suppressions_1')
await db.destroy()

async function pageOf(table: string): Promise<{ at: number; size: number }> {
  const { rows } = await sql<{ at: number; size: number }>`
    select (rootpage - 1) * page_size as at, page_size as size
    from sqlite_master, pragma_page_size where name = ${table}
  `.execute(db)
  return rows[0] ?? { at: 0, size: 0 }
}

function overwrite(file: string, at: number, length: number): void {
  const opened = openSync(file, 'r+')
  writeSync(opened, Buffer.alloc(length, 0xab), 0, length, at)
  closeSync(opened)
}

const damages: [what: string, damage: (file: string) => void][] = [
  ['is none', (file) => overwrite(file, 0, 100)],
  ['has other bytes in one place', (file) => overwrite(file, page.at, page.size)],
  ['ends too soon', (file) => truncateSync(file, page.at)],
]

function copy(name: string): { kind: 'sqlite'; file: string } {
  const file = join(folder, `${name}.db`)
  copyFileSync(whole, file)
  return { kind: 'sqlite', file }
}

for (const [what, damage] of damages) {
  test(`a database that ${what} is not served, and doctor says what to do`, async () => {
    const database = copy(what)
    await refuseDamaged(database)
    damage(database.file)
    await assert.rejects(refuseDamaged(database), DamagedDatabase)
    // as if it were too large to be looked at as a whole
    await assert.rejects(refuseDamaged(database, 0), DamagedDatabase)
    const env = { DATABASE_URL: `sqlite:${database.file}`, SECRET_KEY: testSecret }
    for (const largeFrom of [1e9, 0]) {
      const [told = ''] = await problemsOf(env, { isThorough: false, largeFrom })
      assert.match(told, /^is damaged .* restore the newest backup/)
    }
  })
}

async function problemsOf(
  env: Record<string, string>,
  how: { isThorough: boolean; largeFrom: number },
): Promise<string[]> {
  const findings = checkUp(env, { selector: null, ...how })
  return (await Array.fromAsync(findings)).filter(({ isOk }) => !isOk).map(({ text }) => text)
}

test('of a large database all is read when that is asked for', async () => {
  const { file } = copy('large')
  const env = { DATABASE_URL: `sqlite:${file}`, SECRET_KEY: testSecret }
  overwrite(file, pageOfLarge.at, pageOfLarge.size)
  const lookAt = (isThorough: boolean) => problemsOf(env, { isThorough, largeFrom: 0 })
  assert.deepEqual(await lookAt(false), [])
  assert.match((await lookAt(true)).join(), /^is damaged /)
})

test('a large database with an index for names is served', async () => {
  const database = copy('with an index')
  const other = await openDatabase(database)
  await other.transaction().execute(makeNameIndex)
  await other.destroy()
  await refuseDamaged(database, 0)
})

test('serve ends with one sentence, before anything else', async () => {
  const { file } = copy('served')
  overwrite(file, page.at, page.size)
  const shell = openShell({ DATABASE_URL: `sqlite:${file}`, SECRET_KEY: testSecret, PORT: '0' })
  const { code, stdout, stderr } = await shell.run('serve')
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, /^The database is damaged \(.*restore the newest backup[^\n]*\n$/)
})
