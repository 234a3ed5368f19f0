import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from 'pg'
import { nameOfDatabase, startPostgres } from './postgres.ts'
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
  let template: string
  before(async () => {
    server = await startPostgres()
    template = await server.createDatabase()
    await query(template, 'create table voice (name text)')
  })
  after(() => server.stop())
  const copy = () => server.createDatabase(nameOfDatabase(template))

  test('a database is a copy of the one it is made from', async () => {
    assert.deepEqual(await query(await copy(), 'select * from voice'), [])
    await assert.rejects(query(await server.createDatabase(), 'select * from voice'), /not exist/)
  })

  test('one database does not see what another wrote', async () => {
    const [one, other] = await Promise.all([copy(), copy()])
    await query(one, `insert into voice values ('Иван')`)
    assert.deepEqual(await query(one, 'select lower(name) as name from voice'), [{ name: 'иван' }])
    assert.deepEqual(await query(other, 'select * from voice'), [])
    await server.dropDatabase(one)
    await assert.rejects(query(one, 'select 1'), /does not exist/)
  })
})
