// Every place that shows a number shows the same one (product.md R1), whatever endorsers and
// coordinators do: pages and lists in all languages, count.json, all files, editions and live events.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { languages } from '../../src/languages/languages.ts'
import { readPdf } from '../letters/read-pdf.ts'
import { namesOnPage } from '../signatories/names-on-page.ts'
import { numbersOfList, numbersOfPage } from '../signatories/shown-numbers.ts'
import { isPostgres } from '../support/databases.ts'
import { type LiveListener, listen } from '../support/live-listener.ts'
import { counts } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'
import { assertFilesTell, assertNumbers, linesFor, type ListJson } from './told-by-files.ts'
import { download } from './read-formats.ts'
import { WholeCampaign } from './whole-campaign.ts'

const seed = 2026

interface Walk {
  site: TestSite
  slug: string
  campaign: WholeCampaign
  listener: LiveListener
  steps: number
}

test(`the numbers agree everywhere after every step of a random campaign (seed ${seed})`, async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  const campaign = await WholeCampaign.open(site, slug, seed)
  const listener = await listen(`${site.address}/statements/${slug}/live`)
  await listener.heard(1)
  const walk: Walk = { site, slug, campaign, listener, steps: 0 }
  await campaign.gather(15)
  await go(walk, 20)
  await act(walk, () => campaign.close())
  await assertEdition(walk)
  await go(walk, 4)
  await act(walk, () => campaign.endGrace())
  await go(walk, 10)
  await assertEdition(walk)
  if (!isPostgres) await assertPdfTells(walk)
  listener.close()
})

async function go(walk: Walk, steps: number): Promise<void> {
  for (let at = 0; at < steps; at += 1) await act(walk, () => walk.campaign.step())
}

/** Lets something happen, and looks everywhere. */
async function act(walk: Walk, happen: () => Promise<string>): Promise<void> {
  const { site, slug, campaign } = walk
  site.clock.advance({ seconds: 90 })
  const before = String((await counts(site, slug))['as_of'])
  const step = `step ${walk.steps}: ${await happen()}`
  const { asOf, ...expected } = campaign.expected(site.clock.now(), before)
  try {
    const counted = await counts(site, slug)
    assert.partialDeepStrictEqual(counted, { ...expected, as_of: asOf })
    await assertPagesTell(walk, counted)
    await assertLive(walk, counted)
    // a language each time, so that all have their turn
    const language = languages[walk.steps % languages.length]?.code ?? 'en'
    const file = (format: string) => `/${language}/statements/${slug}/signatories.${format}`
    await assertFilesTell(site, file, { counted, names: campaign.names(), language })
  } catch (fault) {
    throw new Error(`after ${step} (seed ${seed})`, { cause: fault })
  }
  walk.steps += 1
}

async function assertPagesTell({ site, slug, campaign }: Walk, counted: Record<string, unknown>) {
  const { organisations, individuals, countries, withheld, as_of } = counted
  for (const { code } of languages) {
    const page = { organisations, individuals, countries, as_of }
    assert.deepEqual(await numbersOfPage(site, slug, code), page, code)
    assert.deepEqual(await numbersOfList(site, slug, code), { ...page, withheld }, code)
  }
  const names = await namesOnPage(site, `/statements/${slug}/signatories`)
  assert.deepEqual(names.toSorted(), campaign.names())
}

async function assertLive({ site, listener }: Walk, counted: Record<string, unknown>) {
  await site.ctx.liveCounts.tick()
  const isTold = () => isDeepStrictEqual(listener.last?.data, counted)
  await until('the live event', isTold).catch(() => assert.deepEqual(listener.last?.data, counted))
}

async function assertEdition({ site, slug, campaign }: Walk): Promise<void> {
  const number = await campaign.makeEdition()
  const path = `/statements/${slug}/editions/${number}.json`
  const edition = JSON.parse((await download(site, path)).toString()) as ListJson
  assertNumbers({ ...edition.counts, as_of: edition.as_of }, await counts(site, slug))
  assert.deepEqual(edition.signatories.map(({ name }) => name).toSorted(), campaign.names())
}

async function assertPdfTells({ site, slug, campaign }: Walk): Promise<void> {
  const counted = await counts(site, slug)
  for (const file of ['letter', 'signatories', 'summary']) {
    const { text } = await readPdf(site, `/statements/${slug}/${file}.pdf`)
    const names = campaign.names().filter((name) => text.includes(name))
    assert.deepEqual(names, file === 'summary' ? [] : campaign.names())
    const [numbers = '', asOf = ''] = linesFor(counted, 'en')
    const said = text.replaceAll(/\s*·\s*/g, ' · ')
    if (file !== 'summary') assert.ok(said.includes(numbers), `${numbers} in ${said}`)
    assert.ok(text.includes(asOf), asOf)
  }
}
