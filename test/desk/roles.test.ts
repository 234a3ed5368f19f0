import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deskRoutes } from '../../src/desk/routes.ts'
import { tableOf, writtenTable } from '../support/roles-table.ts'
import { openSite } from '../support/site.ts'

test('docs/roles.md says of every address of the desk who may open it', async () => {
  const site = await openSite()
  const expected = tableOf(deskRoutes(site.ctx))
  assert.ok(expected.split('\n').length > 20)
  assert.equal(writtenTable(), expected, 'npx node test/support/roles-table.ts writes it anew')
})
