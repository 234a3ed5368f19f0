// The panic switch (product.md P-2): names leave every public output at once, counts stay, and only
// each endorser can show their own name again.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { verifyLog } from '../../src/audit/audit.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { languages, translator } from '../../src/languages/languages.ts'
import { importStatement } from '../../src/statements/import-statement.ts'
import { closeStatement, openStatement } from '../../src/statements/open-and-close.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { openShell } from '../support/command.ts'
import { countQueries } from '../support/counted-queries.ts'
import { fixture } from '../support/fixtures.ts'
import { listen } from '../support/live-listener.ts'
import { insertMany, nameOf } from '../support/many.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { counts, listed, post, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite, testSecret } from '../support/site.ts'

/** Every address under which a name of this statement can be read. */
function outputsOf(slug: string): string[] {
  const prefixes = languages.map(({ code }) => (code === 'en' ? '' : `/${code}`))
  return prefixes.flatMap((prefix) => {
    const statement = `${prefix}/statements/${slug}`
    const list = `${statement}/signatories`
    const pages = ['', '?page=2', '?q=quillfeather', '?country=KE', '?type=individual']
    return [
      statement,
      ...pages.map((query) => `${list}${query}`),
      `${list}.csv`,
      `${list}.json`,
      `${list}.json?q=quillfeather`,
    ]
  })
}

async function textsOf(site: TestSite, slug: string): Promise<[path: string, text: string][]> {
  const texts: [string, string][] = []
  for (const path of outputsOf(slug)) {
    texts.push([path, await (await fetch(site.address + path)).text()])
  }
  return texts
}

const names = async (site: TestSite, slug: string) =>
  (await listed(site, slug)).map(({ name }) => name)

async function openCampaign() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  return { site, slug: await site.publish() }
}

test('with 10,000 endorsers, no name is in any public output, after a few questions to the database', async () => {
  const { site, slug } = await openCampaign()
  await insertMany(site.ctx, slug, 10_000)
  const before = await counts(site, slug)
  const search = await fetch(`${site.address}/statements/${slug}/signatories?q=quillfeather`)
  assert.match(await search.text(), /Quillfeather/)
  const live = await listen(`${site.address}/statements/${slug}/live`)
  await live.heard(1)
  site.clock.advance({ minutes: 1 })

  const asked = countQueries(site.ctx.db)
  assert.equal(
    await hideNames({ ...site.ctx, db: asked.db }, slug, 'everyone', 'command line'),
    9000,
  )
  assert.ok(asked.count < 100, `${asked.count} questions`)
  const texts = await textsOf(site, slug)
  const withNames = texts.filter(([, text]) => text.includes('Quillfeather')).map(([path]) => path)
  assert.deepEqual(withNames, [])
  const { as_of: _before, ...numbers } = before
  const { as_of: _after, ...after } = await counts(site, slug)
  assert.deepEqual(after, { ...numbers, withheld: 10_000 })
  assert.equal((await live.heard(2)).data['withheld'], 10_000)
  live.close()
  assert.equal(nameOf(1), 'Alliance Quillfeather 1')
})

describe('hiding names', () => {
  test('leaves organisations, unless they are meant as well', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, someOrganisation({ name: 'An Alliance' }))
    await signAndConfirm(site, slug, somebody())
    assert.equal(await hideNames(site.ctx, slug, 'individuals', 'command line'), 1)
    assert.deepEqual(await names(site, slug), ['An Alliance'])
    assert.equal(await hideNames(site.ctx, slug, 'everyone', 'command line'), 1)
    assert.deepEqual(await names(site, slug), [])
    const { organisations, individuals, withheld } = await counts(site, slug)
    assert.deepEqual([organisations, individuals, withheld], [1, 1, 2])
  })

  test('is told in public on the statement and the list, in every language', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, somebody())
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    for (const { code } of languages) {
      const start = translator(code)('names-hidden.individuals', { day: '\n' }).split('\n')[1]
      const prefix = code === 'en' ? '' : `/${code}`
      for (const path of ['', '/signatories']) {
        const page = await site.visitor().open(`${prefix}/statements/${slug}${path}`)
        assert.ok(page.text('.notice').includes(start?.trim() ?? ''), `${code} ${path}`)
      }
    }
  })

  test('hides those, too, who have signed and confirm afterwards', async () => {
    const { site, slug } = await openCampaign()
    const link = await signAndGetLink(site, slug, somebody())
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    await post(site, link, { decision: 'confirm' })
    assert.deepEqual(await names(site, slug), [])
    assert.equal((await counts(site, slug))['withheld'], 1)
  })

  test('proposes no public name any more to who signs afterwards', async () => {
    const { site, slug } = await openCampaign()
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    const visitor = site.visitor()
    const proposed = async (as: string) => {
      await visitor.open(`/statements/${slug}/endorse?as=${as}`)
      return visitor.$('input[name=visibility][checked]').val()
    }
    assert.equal(await proposed('individual'), 'withheld')
    assert.equal(await proposed('organisation'), 'listed')
  })

  test('keeps withheld and confidential endorsements as they are', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, somebody({ visibility: 'withheld' }))
    await signAndConfirm(site, slug, somebody({ visibility: 'confidential' }))
    assert.equal(await hideNames(site.ctx, slug, 'everyone', 'command line'), 0)
    const rows = await site.ctx.db.selectFrom('endorsements').select('visibility').execute()
    assert.deepEqual(rows.map(({ visibility }) => visibility).sort(), ['confidential', 'withheld'])
  })

  test('loses to nobody who confirms at the same moment', async () => {
    const { site, slug } = await openCampaign()
    const links = []
    for (let n = 0; n < 10; n += 1) links.push(await signAndGetLink(site, slug, somebody()))
    await Promise.all([
      ...links.map((link) => post(site, link, { decision: 'confirm' })),
      hideNames(site.ctx, slug, 'individuals', 'command line'),
    ])
    assert.deepEqual(await names(site, slug), [])
    const { total, withheld } = await counts(site, slug)
    assert.deepEqual([total, withheld], [10, 10])
  })

  test('stays through everything a coordinator can do', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, somebody())
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    await closeStatement(site.ctx, slug)
    await openStatement(site.ctx, slug)
    const read = await readStatementFolder(fixture(`statements/${slug}`))
    assert.ok(read.ok)
    await importStatement(site.ctx, { ...read.statement, visibilityDefault: 'listed' })
    await site.tidy()
    assert.deepEqual(await names(site, slug), [])
    const page = await site.visitor().open(`/statements/${slug}`)
    assert.ok(page.text().includes('were taken out of view'))
  })

  test('ends for one name when its endorser shows it again, and for no other', async () => {
    const { site, slug } = await openCampaign()
    const answers = somebody({ name: 'Brave Person' })
    const own = await signAndConfirm(site, slug, answers)
    await signAndConfirm(site, slug, somebody())
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    const page = await site.visitor().open(own)
    await page.choose('visibility', 'listed').press('decision=save')
    assert.deepEqual(await names(site, slug), ['Brave Person'])
  })

  test('is not undone by a private page that was open before, whatever else is corrected on it', async () => {
    const { site, slug } = await openCampaign()
    const own = await signAndConfirm(site, slug, somebody({ name: 'Hidden Person' }))
    const page = await site.visitor().open(own)
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    await page.fill({ name: '', role: 'Nurse' }).press('decision=save')
    assert.equal(page.status, 422)
    await page.fill({ name: 'Hidden Person' }).press('decision=save')
    assert.equal(page.status, 200)
    assert.deepEqual(await names(site, slug), [])
    await page.choose('visibility', 'listed').press('decision=save')
    assert.deepEqual(await names(site, slug), ['Hidden Person'])
  })
})

describe('undersigned statement hide-names', () => {
  test('hides by slug, then everywhere; it is in the audit log, without names', async () => {
    const { site, slug } = await openCampaign()
    const other = await site.publish('community-monitoring-submission')
    await signAndConfirm(site, slug, somebody({ name: 'Zebulon Quagga' }))
    await signAndConfirm(site, other, someOrganisation({ name: 'Quagga Alliance' }))
    const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
    const one = await shell.run('statement', 'hide-names', slug)
    assert.deepEqual([one.code, one.stderr], [0, ''])
    assert.match(one.stdout, /1 names of individuals are hidden/)
    assert.deepEqual(await names(site, slug), [])
    assert.deepEqual(await names(site, other), ['Quagga Alliance'])
    const all = await shell.run('statement', 'hide-names', '--all', '--organisations')
    assert.equal(all.code, 0, all.stderr)
    assert.deepEqual(await names(site, other), [])
    const audit = await site.ctx.db.selectFrom('audit_log').selectAll().execute()
    const hidden = audit.filter(({ action }) => action === 'names hidden')
    assert.deepEqual(hidden.map(({ subject }) => subject).sort(), [slug, slug, other].sort())
    assert.ok(!JSON.stringify(audit).includes('Quagga'))
    assert.equal((await verifyLog(site.ctx.db)).ok, true)
  })

  test('refuses what is unclear in one sentence', async () => {
    const { site, slug } = await openCampaign()
    const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
    for (const args of [[], [slug, '--all'], ['no-such-statement']]) {
      const { code, stderr } = await shell.run('statement', 'hide-names', ...args)
      assert.equal(code, 1)
      assert.equal(stderr.trim().split('\n').length, 1, stderr)
    }
  })
})
