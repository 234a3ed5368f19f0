import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { compileOnce } from '../../src/db/compile-once.ts'
import { openDatabase } from '../../src/db/open.ts'
import { migratedDatabase } from '../support/databases.ts'

const database = await migratedDatabase()
const config = readConfig({ DATABASE_URL: database.url, NODE_ENV: 'test' }).database
const db = await openDatabase(config)
after(async () => {
  await db.destroy()
  await database.drop()
})

let built = 0
const add = compileOnce((to, rows: { name: string; value: string }[]) => {
  built += 1
  return to
    .insertInto('installation')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
    )
})
const change = compileOnce((to, name: string, set: { name?: string; value?: string }) => {
  built += 1
  return to.updateTable('installation').set(set).where('name', '=', name)
})
const find = compileOnce((from, names: string[]) =>
  from
    .selectFrom('installation')
    .select(['name', 'value'])
    .where('name', 'in', names)
    .where('value', '<>', 'hidden')
    .orderBy('name'),
)
const found = async (...names: string[]) =>
  (await find(db, names)).rows.map(({ name, value }) => `${name} ${value}`)

test('a query is built once, and asked with other values, each in its place', async () => {
  built = 0
  await add(db, [{ name: 'a', value: '1' }])
  await add(db, [{ name: 'b', value: '2' }])
  await add(db, [{ name: 'a', value: '3' }])
  assert.equal(built, 1)
  assert.deepEqual(await found('a', 'b'), ['a 3', 'b 2'])
})

test('for a list of another length, or other columns, it is built anew', async () => {
  built = 0
  await add(
    db,
    ['c', 'd', 'e'].map((name) => ({ name, value: 'hidden' })),
  )
  await change(db, 'c', { value: '1' })
  await change(db, 'd', { name: 'f', value: '2' })
  await change(db, 'e', { name: 'g' })
  assert.equal(built, 4)
  assert.deepEqual(await found('c', 'd', 'e', 'f', 'g'), ['c 1', 'f 2'])
  const { numAffectedRows } = await change(db, 'nobody', { value: '3' })
  assert.equal(numAffectedRows, 0n)
})

test('in a transaction it is part of it', async () => {
  const undone = db.transaction().execute(async (tx) => {
    await add(tx, [{ name: 'h', value: '1' }])
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  assert.deepEqual(await found('h'), [])
})
