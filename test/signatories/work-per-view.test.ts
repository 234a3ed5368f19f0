// What a page costs must not grow with the number of those who endorsed: how often the database is asked
// for a page that nobody has rendered yet, how many rows come, and with PostgreSQL how many it looks at.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startSite } from '../../src/main.ts'
import { countQueries } from '../support/counted-queries.ts'
import { isPostgres } from '../support/databases.ts'
import { insertMany } from '../support/many.ts'
import { openSite } from '../support/site.ts'

const pages = [
  '',
  '/count.json',
  '/signatories',
  '/signatories?type=individual',
  '/countries',
  '/press',
  '/pictures',
]

/** @returns what each page takes */
async function workWith(endorsements: number) {
  const own = await openSite()
  const slug = await own.publish()
  const { ctx } = own
  await insertMany(ctx, slug, endorsements)
  const queries = countQueries(ctx.db)
  const site = await startSite({ ...ctx, db: queries.db }, { background: false })
  after(() => site.stop())
  const work = []
  for (const page of pages) {
    const before = { queries: queries.count, rows: queries.rows }
    const answer = await fetch(`${site.address}/statements/${slug}${page}`)
    assert.equal(answer.status, 200, page)
    await answer.text()
    work.push({
      page,
      queries: queries.count - before.queries,
      rows: queries.rows - before.rows,
      lookedAt: isPostgres ? await queries.lookedAt() : null,
    })
  }
  return work
}

test('no page takes more with 1800 endorsements than with 600', async () => {
  // with fewer, the first page of the list ends among the individuals
  const [few, many] = [await workWith(600), await workWith(1800)]
  assert.ok(few.every(({ queries }) => queries > 0))
  assert.deepEqual(many, few)
})
