import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from 'pg'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

describe('PostgreSQL for the tests', () => {
  let server: Postgres
  before(async () => {
    server = await startPostgres({
      prepare: async (url) => void (await query(url, 'create table voice (name text)')),
    })
  })
  after(() => server.stop())

  test('every database is a copy of the prepared one', async () => {
    const url = await server.createDatabase()
    assert.deepEqual(await query(url, 'select * from voice'), [])
  })

  test('one database does not see what another wrote', async () => {
    const [one, other] = await Promise.all([server.createDatabase(), server.createDatabase()])
    await query(one, `insert into voice values ('Иван')`)
    assert.deepEqual(await query(one, 'select lower(name) as name from voice'), [{ name: 'иван' }])
    assert.deepEqual(await query(other, 'select * from voice'), [])
    await server.dropDatabase(one)
    await assert.rejects(query(one, 'select 1'), /does not exist/)
  })
})
