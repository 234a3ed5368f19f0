// /readyz answers 503, and says what is missing, whenever the site cannot do its work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openReadiness } from '../../src/readiness/readiness.ts'
import { isPostgres } from '../support/databases.ts'
import { openSite, type TestSite } from '../support/site.ts'

async function readyz(site: TestSite): Promise<[status: number, text: string]> {
  const response = await fetch(`${site.address}/readyz`)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  return [response.status, await response.text()]
}

const noChanges = [503, 'not ready\ndatabase: it does not answer, or takes no changes\n']

test('a site that can work is ready, whether it sends mail itself or not', async () => {
  assert.deepEqual(await readyz(await openSite()), [200, 'ready\n'])
  assert.deepEqual(await readyz(await openSite({ background: true })), [200, 'ready\n'])
})

test('a database that takes no changes', async () => {
  const site = await openSite()
  if (isPostgres) {
    const url = new URL(site.config.database.kind === 'postgres' ? site.config.database.url : '')
    const name = sql.id(decodeURIComponent(url.pathname.slice(1)))
    await sql`alter database ${name} set default_transaction_read_only = on`.execute(site.ctx.db)
    await sql`set default_transaction_read_only = on`.execute(site.ctx.db)
  } else await sql`pragma query_only = on`.execute(site.ctx.db)
  assert.deepEqual(await readyz(site), noChanges)
  assert.ok(site.log.some((line) => line.includes('takes no changes')))
})

test('a database that is gone', async () => {
  const site = await openSite()
  await site.ctx.db.destroy()
  assert.deepEqual(await readyz(site), noChanges)
})

for (const [what, version, change] of [
  ['newer', 'a newer', sql`insert into kysely_migration values ('9999-later', 'now')`],
  ['older', 'an older', sql`delete from kysely_migration where name like '0001%'`],
] as const) {
  test(`a database of ${what} version`, async () => {
    const site = await openSite()
    await change.execute(site.ctx.db)
    const text = `not ready\ndatabase: it was made by ${version} version of Undersigned\n`
    assert.deepEqual(await readyz(site), [503, text])
  })
}

test('a mail worker that stands still', async () => {
  const site = await openSite()
  const readiness = openReadiness(site.ctx, { ...site.worker, state: () => 'stuck' })
  assert.deepEqual(await readiness(), ['mail: the worker has stood still for minutes'])
})

test('a site that stops says so', async () => {
  const site = await openSite()
  await site.worker.stop()
  assert.deepEqual(await readyz(site), [503, 'not ready\nthe site is stopping\n'])
})

test('however often it is asked, the database is asked once in a second', async () => {
  const site = await openSite()
  const readiness = openReadiness(site.ctx, site.worker)
  assert.deepEqual(await Promise.all([readiness(), readiness()]), [[], []])
  await sql`drop table installation`.execute(site.ctx.db)
  assert.deepEqual(await readiness(), [])
})
