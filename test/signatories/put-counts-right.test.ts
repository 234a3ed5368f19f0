// The counts are kept in step with every change; once a night it is made sure that they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listLog, verifyLog } from '../../src/audit/audit.ts'
import { confirm } from '../../src/endorsements/confirm.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { putCountsRight } from '../../src/signatories/put-counts-right.ts'
import { signUp, signUpAndConfirm } from '../support/crowd.ts'
import { signIn } from '../support/desk.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { counts, post } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const lineFor = (site: TestSite) => site.log.filter((line) => line.includes('"alarm":"counts"'))

async function entriesOf({ ctx }: TestSite): Promise<string[]> {
  const rows = await Array.fromAsync(listLog(ctx.db))
  return rows
    .filter(({ action }) => action === 'counts put right')
    .map(({ actor, subject, detail }) => `${actor} ${subject} ${detail}`)
}

test('wrong counts are put right in the night, told, and shown at once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const country of ['KE', 'KE', 'FR']) {
    await signUpAndConfirm(site, slug, somebody({ country }))
  }
  await signUpAndConfirm(site, slug, someOrganisation({ country: 'AR', visibility: 'withheld' }))
  await site.tidy()
  const { db } = site.ctx
  await db.updateTable('tallies').set({ n: 7 }).where('country', '=', 'KE').execute()
  await db.deleteFrom('tallies').where('country', '=', 'FR').execute()
  site.clock.advance({ hours: 14 })
  await site.tidy()
  const wrong = await counts(site, slug)
  assert.deepEqual([wrong['total'], wrong['individuals'], lineFor(site).length], [8, 7, 0])

  site.clock.advance({ hours: 1 })
  await site.tidy()
  const { total, individuals, countries, withheld } = await counts(site, slug)
  assert.deepEqual([total, individuals, countries, withheld], [4, 3, 3, 1])
  const page = await site.visitor().open(`/statements/${slug}/countries`)
  assert.match(page.text('main'), /Kenya 2 .*|2 .*Kenya/)
  assert.deepEqual(await entriesOf(site), [`system ${slug} {"what":"counts","told":7,"counted":3}`])
  assert.equal((await verifyLog(db)).ok, true)
  assert.match(
    lineFor(site).join(),
    /^\{"level":50,.*"what":"counts","told":7,"counted":3,"msg":"alarm: c/,
  )
  await site.tidy()
  assert.deepEqual(await putCountsRight(site.ctx, 'test'), [])
  assert.equal((await entriesOf(site)).length, 1)
  const { browser } = await signIn(site, 'admin')
  await browser.open('/desk/activity?q=counts')
  assert.match(browser.text('tbody'), /what: counts · shown: 7 · counted anew: 3/)
})

test('so are the numbers of entries that each filter of the list lets through', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const country of ['KE', 'KE', 'FR']) {
    await signUpAndConfirm(site, slug, somebody({ country }))
  }
  await signUpAndConfirm(site, slug, someOrganisation({ country: 'AR', visibility: 'withheld' }))
  const { db } = site.ctx
  const shown = async () => {
    const page = await site.visitor().open(`/statements/${slug}/signatories`)
    return page
      .$('#country option')
      .map((_, each) => page.$(each).text().trim())
      .get()
  }
  const right = await shown()
  const all = await db.selectFrom('listed_counts').selectAll().orderBy('country').execute()
  await db.updateTable('listed_counts').set({ n: 9 }).where('country', '=', 'KE').execute()
  await db.deleteFrom('listed_counts').where('country', '=', 'FR').execute()
  const [some] = all
  assert.ok(some)
  await db
    .insertInto('listed_counts')
    .values({ ...some, country: 'AR' })
    .execute()

  site.clock.advance({ hours: 15 })
  await site.tidy()
  const kept = db.selectFrom('listed_counts').selectAll().where('n', '<>', 0)
  assert.deepEqual(await kept.orderBy('country').execute(), all)
  assert.deepEqual(await shown(), right)
  assert.deepEqual(await entriesOf(site), [`system ${slug} {"what":"list","told":10,"counted":3}`])
  assert.match(lineFor(site).join(), /"what":"list","told":10,"counted":3,"msg":"alarm: counts/)
  assert.equal((await verifyLog(db)).ok, true)
  assert.deepEqual(await putCountsRight(site.ctx, 'test'), [])
})

test('a list that is counted anew meanwhile is left to the next night', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (let n = 0; n < 3; n += 1) await signUpAndConfirm(site, slug, somebody())
  const { ctx } = site
  await ctx.db.updateTable('listed_counts').set({ n: 7 }).execute()
  await ctx.db.updateTable('listed_days').set({ n: 7 }).execute()
  await Promise.all([putCountsRight(ctx, 'test'), hideNames(ctx, slug, 'individuals', 'test')])
  for (const table of ['listed_counts', 'listed_days'] as const) {
    assert.deepEqual(await ctx.db.selectFrom(table).select('n').where('n', '<>', 0).execute(), [])
  }
})

test('a table that is wrong in very many places is put right as a whole', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, somebody())
  const { db } = site.ctx
  const right = await db.selectFrom('listed_days').selectAll().execute()
  const [some] = right
  assert.ok(some)
  // one statement takes 32,766 values with SQLite
  for (let n = 0; n < 8000; n += 1000) {
    const days = Array.from({ length: 1000 }, (_, m) => ({ ...some, confirmed_on: `day ${n + m}` }))
    await db.insertInto('listed_days').values(days).execute()
  }
  const numbers = { told: 8000, counted: 0 }
  assert.deepEqual(await putCountsRight(site.ctx, 'test'), [{ slug, what: 'days', ...numbers }])
  const kept = db.selectFrom('listed_days').selectAll().where('n', '<>', 0)
  assert.deepEqual(await kept.execute(), right)
})

test('two processes that find the same put it right once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, somebody())
  await site.ctx.db.updateTable('tallies').set({ n: 5 }).execute()
  const both = await Promise.all([1, 2].map(() => putCountsRight(site.ctx, 'test')))
  assert.deepEqual(both.flat(), [{ slug, what: 'counts', told: 5, counted: 1 }])
  assert.equal((await counts(site, slug))['total'], 1)
})

test('what is under way is not taken for a fault, and what changes meanwhile is not lost', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const leaving: string[] = []
  for (let n = 0; n < 8; n += 1) leaving.push(await signUpAndConfirm(site, slug, somebody()))
  const coming: string[] = []
  for (let n = 0; n < 24; n += 1) {
    const country = ['KE', 'FR', 'AR'][n % 3] ?? 'KE'
    coming.push((await signUp(site, slug, somebody({ country }))).token)
  }
  await site.ctx.db.updateTable('tallies').set({ n: 1 }).execute()
  await site.ctx.db.updateTable('listed_counts').set({ n: 1 }).execute()
  await site.ctx.db.deleteFrom('listed_days').execute()
  const checks = () => Promise.all([1, 2, 3].map(() => putCountsRight(site.ctx, 'test')))
  const [, , found] = await Promise.all([
    Promise.all(coming.map((token) => confirm(site.ctx, token))),
    Promise.all(
      leaving.map((token) => post(site, `/endorsement/${token}`, { decision: 'withdraw' })),
    ),
    checks(),
  ])
  const whats = found.flat().map(({ what }) => what)
  assert.deepEqual(whats, ['counts', 'list', 'days'], 'what was wrong, and nothing else')
  assert.equal((await counts(site, slug))['total'], 24)
  assert.deepEqual(await checks(), [[], [], []])
})
