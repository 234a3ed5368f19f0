import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealedTables } from '../../src/privacy/sealed-columns.ts'
import { openSite } from '../support/site.ts'

test('a change of keys knows every sealed column there is', async () => {
  const site = await openSite()
  const tables = await site.ctx.db.introspection.getTables()
  const inDatabase = tables.flatMap(({ name, columns }) =>
    columns.filter((column) => column.name.endsWith('_sealed')).map((one) => `${name}.${one.name}`),
  )
  const known = sealedTables.flatMap(({ name, columns }) =>
    Object.keys(columns).map((column) => `${name}.${column}`),
  )
  assert.deepEqual(known.toSorted(), inDatabase.toSorted())
})
