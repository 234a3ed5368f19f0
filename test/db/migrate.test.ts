import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { sql } from 'kysely'
import { readConfig } from '../../src/config.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { migrationsFor } from '../../migrations/index.ts'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { dumpOf } from '../support/dump.ts'
import { openSite, testSecret } from '../support/site.ts'

const names = Object.keys(migrationsFor({ bytewise: sql`text`, trigrams: null }))

describe('a database', () => {
  test('that is up to date is left as it is', async () => {
    const site = await openSite()
    const before = await dumpOf(site)
    assert.deepEqual(await migrate(site.ctx.db, site.config.database.kind), [])
    assert.equal(await dumpOf(site), before)
  })

  test('of a newer version is refused in one sentence, and left as it is', async () => {
    const site = await openSite()
    await site.publish()
    await sql`insert into kysely_migration (name, timestamp)
      values ('9999-from-the-future', '2030-01-01T00:00:00.000Z')`.execute(site.ctx.db)
    const before = await dumpOf(site)
    const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret, PORT: '0' })
    for (const command of ['migrate', 'serve']) {
      const { code, stdout, stderr } = await shell.run(command)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^The database was made by a newer version .*9999-from-the-future.*\n$/)
    }
    assert.equal(await dumpOf(site), before)
  })

  test('that is empty is migrated once when several processes start at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const database = await freshDatabase()
      after(() => database.drop())
      const shell = openShell({ DATABASE_URL: database.url, SECRET_KEY: testSecret })
      const ended = await Promise.all([1, 2, 3].map(() => shell.run('migrate')))
      for (const { code, stderr } of ended) assert.deepEqual([code, stderr], [0, ''])
      const { database: config } = readConfig({ DATABASE_URL: database.url })
      const db = await openDatabase(config)
      after(() => db.destroy())
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
      assert.deepEqual(
        rows.map((row) => row.name),
        names,
      )
      const keys = await db.selectFrom('installation').select('name').execute()
      assert.equal(keys.filter(({ name }) => name === 'keyring').length, 1)
      await db.destroy()
    }
  })
})
