// The names on a page of the list, from top to bottom.
import assert from 'node:assert/strict'
import type { TestSite } from '../support/site.ts'

export async function namesOnPage(site: TestSite, path: string): Promise<string[]> {
  const visitor = await site.visitor().open(path)
  assert.equal(visitor.status, 200, path)
  const names = visitor.$('table.signatories tbody th bdi.name').toArray()
  return names.map((name) => visitor.$(name).text())
}
