import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { guessMapping } from '../../src/imports/columns.ts'
import { importSignOns } from '../../src/imports/import-sign-ons.ts'
import type { Pause } from '../../src/imports/pause.ts'
import { planImport } from '../../src/imports/plan-import.ts'
import { readSheet } from '../../src/imports/read-sheet.ts'
import { rollBack } from '../../src/imports/roll-back.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { signIn } from '../support/desk.ts'
import { counts } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const atOnce = async () => undefined

/** More than go in one transaction. */
const sheet = (n = 250) =>
  `name,country,email,affiliation\n${Array.from({ length: n }, (_, at) => `Ada ${at},KE,ada${at}@union.example,Union\n`).join('')}`

async function open() {
  const site = await openSite()
  const slug = await site.publish()
  const statement = await findStatement(site.ctx.db, slug)
  const read = await readSheet(Buffer.from(sheet()))
  assert.ok(statement && read.ok)
  const mapping = guessMapping(read.sheet.headings, ['individual'])
  const rules = { statement, mapping, isConfirmed: true, language: 'en' }
  const plan = () => planImport(site.ctx, read.sheet, rules, atOnce)
  const { hash } = read
  const bring = async (planned: Awaited<ReturnType<typeof plan>>, pause: Pause = atOnce) => {
    const how = { evidence: 'Signed on paper', source: 'file', actor: 'test' } as const
    return importSignOns(site.ctx, { statement, plan: planned, hash, ...how }, pause)
  }
  const batches = () =>
    site.ctx.db.selectFrom('imports').selectAll().orderBy('state').orderBy('new', 'desc').execute()
  return { site, slug, statement, plan, bring, batches }
}

describe('an import', () => {
  test('that is taken back while it runs stops, and leaves nobody behind', async () => {
    const { site, slug, statement, plan, bring, batches } = await open()
    await bring(await plan(), async () => {
      const [running] = await batches()
      if (running?.state !== 'running') return
      await rollBack(site.ctx, statement, running.id, 'test')
    })
    const [batch] = await batches()
    assert.deepEqual([batch?.state, batch?.removed, batch?.kept], ['rolled-back', 100, 0])
    assert.equal((await counts(site, slug))['total'], 0)
  })

  test('that broke off tells how many are in, and the same file brings the others', async () => {
    const { site, slug, plan, bring, batches } = await open()
    const stop = new Error('The power went off')
    const broken = bring(await plan(), async (done) => {
      if (done > 150) throw stop
    })
    await assert.rejects(broken, stop)
    const { browser } = await signIn(site, 'admin')
    await browser.open(`/desk/statements/${slug}/imports`)
    assert.match(browser.text(), /200 of 250 are in\. Is being brought in, or broke off/)
    await bring(await plan())
    const added = (await batches()).map((batch) => [batch.state, batch.new, batch.duplicate])
    assert.deepEqual(added, [
      ['done', 50, 200],
      ['running', 250, 0],
    ])
    assert.equal((await counts(site, slug))['total'], 250)
  })

  test('of one file by two coordinators at the same time brings everybody once', async () => {
    const { site, slug, plan, bring, batches } = await open()
    const both = [await plan(), await plan()]
    await Promise.all(both.map((each) => bring(each)))
    assert.equal((await counts(site, slug))['total'], 250)
    const found = await batches()
    assert.equal(found[0]!.new + found[1]!.new, 250)
    for (const { rows, new: added, duplicate } of found) assert.equal(added + duplicate, rows)
  })
})
