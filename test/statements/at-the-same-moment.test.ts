// Several coordinators, or a coordinator and the clock, change one statement at the same moment: each
// change stays, because a statement is read and written again under a lock (product.md R3).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeProtectedNames } from '../../src/abuse/protect-names.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { closeStatement, openStatement } from '../../src/statements/open-and-close.ts'
import { pauseSigning, resumeSigning } from '../../src/statements/pause.ts'
import { insertMany } from '../support/many.ts'
import { openSite } from '../support/site.ts'

const who = 'command line'

async function openBusySite() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const found = async () => (await findStatement(site.ctx.db, slug)) ?? assert.fail('no statement')
  return { ctx: site.ctx, slug, found }
}

test('closing a statement while its names are being hidden closes it and hides them', async () => {
  const { ctx, slug, found } = await openBusySite()
  await insertMany(ctx, slug, 2000)
  await Promise.all([hideNames(ctx, slug, 'everyone', who), closeStatement(ctx, slug)])
  const { state, closedAt, namesHidden } = await found()
  assert.deepEqual([state, namesHidden], ['closed', 'everyone'])
  assert.notEqual(closedAt, null)
})

test('closing, pausing and protecting names at once lose nothing of each other', async () => {
  const { ctx, slug, found } = await openBusySite()
  for (let times = 0; times < 10; times += 1) {
    const name = `Name ${times}`
    await Promise.all([
      changeProtectedNames(ctx, slug, { add: [name], remove: [] }, who),
      closeStatement(ctx, slug),
      pauseSigning(ctx, slug, who),
    ])
    const { state, pausedAt, protectedNames } = await found()
    assert.equal(state, 'closed')
    assert.notEqual(pausedAt, null)
    assert.ok(protectedNames.includes(name))
    await Promise.all([openStatement(ctx, slug), resumeSigning(ctx, slug, false, who)])
    assert.deepEqual([(await found()).state, (await found()).pausedAt], ['open', null])
  }
})

test('names that are protected everywhere are added at once, and none is lost', async () => {
  const { ctx } = await openBusySite()
  const names = ['Alpha Union', 'Beta Union', 'Gamma Union', 'Delta Union']
  await Promise.all(
    names.map((name) => changeProtectedNames(ctx, null, { add: [name], remove: [] }, who)),
  )
  const all = await changeProtectedNames(ctx, null, { add: [], remove: [] }, who)
  assert.deepEqual(all, names.toSorted())
})
