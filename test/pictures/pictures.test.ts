// Pictures on the real site: the numbers of every other place (product.md R1), nothing of the hidden by
// day or country (P-11), readable without eyes, and each as SVG and as PNG.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CheerioAPI, load } from 'cheerio'
import { SaxesParser } from 'saxes'
import { formatsOf } from '../../src/languages/formats.ts'
import { languages } from '../../src/languages/languages.ts'
import { openPainter } from '../../src/pictures/painter.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { Campaign } from '../signatories/campaign.ts'
import { readCsv } from '../signatories/shown-numbers.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { counts } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const dayOf = (iso: string) => formatsOf('en').day(iso)
const names = ['over-time', 'map', 'countries']
const site = await openSite({ env: { LIMITS: 'off' } })

const publish = (slug: string, changes: object = {}) =>
  site.publish('naloxone-within-reach', { slug, discreet: false, ...changes })

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(site.address + path, { headers })

async function svgOf(slug: string, name: string, prefix = '', query = ''): Promise<string> {
  const response = await get(`${prefix}/statements/${slug}/pictures/${name}.svg${query}`)
  assert.equal(response.status, 200)
  return response.text()
}

async function pageOf(slug: string, prefix = ''): Promise<CheerioAPI> {
  return load(await (await get(`${prefix}/statements/${slug}/pictures`)).text())
}

async function signAll(slug: string, howMany: number, answers: Record<string, string>) {
  for (let n = 0; n < howMany; n += 1) await signUpAndConfirm(site, slug, somebody(answers))
}

/** Two listed from Kenya, one organisation from France; three hidden from Iceland a day later. */
async function someDays(slug: string, changes: object = {}): Promise<string> {
  await publish(slug, changes)
  await signAll(slug, 2, { country: 'KE' })
  await signUpAndConfirm(site, slug, someOrganisation({ country: 'FR' }))
  site.clock.advance({ hours: 24 })
  await signAll(slug, 3, { country: 'IS', visibility: 'withheld' })
  await signUpAndConfirm(site, slug, someOrganisation({ country: 'international' }))
  return slug
}

/** The rows of the table behind a picture: heading and numbers. */
function tableBehind($: CheerioAPI, picture: number): string[] {
  const rows = $('figure').eq(picture).find('tbody tr').toArray()
  return rows.map((row) => {
    const cells = $(row).children().toArray()
    return cells.map((cell) => $(cell).text().trim()).join(' | ')
  })
}

describe('the pictures', () => {
  test('show the numbers of count.json and of the list, day by day, after every step', async () => {
    const slug = await publish('step-by-step')
    const campaign = new Campaign(site, slug, 7)
    for (let at = 0; at < 16; at += 1) {
      site.clock.advance({ hours: 9 })
      await campaign.step()
      const now = await counts(site, slug)
      if (now['total'] === 0) continue
      const $ = await pageOf(slug)
      assert.equal($('.as-of time').attr('datetime'), now['as_of'])
      const sums = tableBehind($, 0).at(-1)?.match(/\d+/g)?.map(Number) ?? []
      assert.deepEqual([sums.at(-3), sums.at(-1)], [now['organisations'], now['individuals']])
      const list = await readCsv(site, `/statements/${slug}/signatories.csv`)
      const days = new Set(list.map((row) => row['confirmed_on']))
      assert.equal($('figure').eq(0).find('tbody time').length, days.size)
      const words = /(\d+) organisations? · (\d+) individuals?/.exec(await svgOf(slug, 'over-time'))
      assert.deepEqual(
        words?.slice(1).map(Number),
        [now['organisations'], now['individuals']],
        'in words',
      )
    }
  })

  test('give no day and no country to the hidden', async () => {
    const first = site.clock.now().toISOString()
    const slug = await someDays('hidden-ones')
    const second = site.clock.now().toISOString()
    const $ = await pageOf(slug)
    assert.deepEqual(tableBehind($, 0), [
      `${dayOf(first)} | +1 | 1 | +2 | 2`,
      `${dayOf(second)} | +1 | 2 | +0 | 2`,
      'Counted, not named | +0 | 2 | +3 | 5',
    ])
    assert.deepEqual(tableBehind($, 1), [])
    assert.deepEqual(tableBehind($, 2), [
      'Kenya | 0 | 2',
      'France | 1 | 0',
      'International | 1 | 0',
      'Not named, and not told by country | 0 | 3',
    ])
    for (const name of names) {
      for (const { code } of languages) {
        const svg = await svgOf(slug, name, `/${code}`)
        assert.doesNotMatch(svg, /Iceland|Islandia|Islande|Исландия|آيسلندا/, `${name} ${code}`)
      }
    }
    const coloured = (await svgOf(slug, 'map')).match(/class="step-\d border"/g)
    assert.equal(coloured?.length, 2, 'Kenya and France')
  })

  test('tell the hidden by country once it is told on the page by country', async () => {
    const slug = await publish('told-afterwards')
    await signAll(slug, 7, { country: 'IS', visibility: 'withheld' })
    await signAll(slug, 1, { country: 'KE' })
    await closeStatement(site.ctx, slug)
    site.clock.advance({ hours: 24 })
    await site.tidy()
    assert.deepEqual(tableBehind(await pageOf(slug), 2).slice(0, 1), [
      'Iceland | 0 | 0 and 7 not named',
    ])
    assert.match(await svgOf(slug, 'countries'), />Iceland</)
  })

  test('say in every language what they show, to those who do not see them', async () => {
    const slug = await someDays('in-words')
    for (const { code } of languages) {
      const $ = await pageOf(slug, `/${code}`)
      const alternatives = $('figure img')
        .toArray()
        .map((img) => $(img).attr('alt') ?? '')
      assert.equal(new Set(alternatives).size, 3)
      for (const [index, name] of names.entries()) {
        const svg = await svgOf(slug, name, `/${code}`)
        new SaxesParser().write(svg).close()
        const $svg = load(svg, { xml: true })
        assert.equal($svg('svg').attr('role'), 'img')
        assert.equal($svg('svg').attr('lang'), code)
        const description = $svg('desc').text()
        assert.ok(alternatives[index]?.includes(description) && description.length > 15, svg)
        assert.ok($svg('title').text().length > 10)
      }
    }
  })

  test('of a statement that nobody has endorsed say so', async () => {
    const slug = await publish('nobody-at-all')
    const $ = await pageOf(slug)
    assert.equal($('figure').length, 0)
    assert.match($('.notice').text(), /Nobody is listed yet/)
    for (const name of names) assert.match(await svgOf(slug, name), /Nobody is listed yet/)
  })

  test('carry a title in any writing without harm', async () => {
    const read = await publish('odd-title')
    await signAll(read, 1, { country: 'KE' })
    await site.ctx.db
      .updateTable('text_versions')
      .set({ title: 'Rights & <needs> "now" 健康の権利\u0001', hash: 'of an odd title' })
      .where('statement_id', 'in', (eb) =>
        eb.selectFrom('statements').select('id').where('slug', '=', read),
      )
      .execute()
    const svg = await svgOf(read, 'over-time')
    new SaxesParser().write(svg).close()
    assert.match(svg, /Rights &amp; &lt;needs&gt; &quot;now&quot; 健康の権利</)
  })

  test('fit a phone: no word begins beyond its edge', async () => {
    const slug = await someDays('on-a-phone')
    for (const name of names) {
      const $ = load(await svgOf(slug, name, '/ru', '?narrow=yes'), { xml: true })
      assert.equal($('svg').attr('width'), '360')
      for (const text of $('text').toArray()) {
        const x = Number($(text).attr('x'))
        assert.ok(x >= 0 && x <= 360, $.xml(text))
      }
    }
  })
})

const withoutProgram = openPainter(site.config, () => {
  throw new Error('not installed')
})

const sizeOf = (png: Buffer | undefined) => [png?.toString('latin1', 1, 4), png?.readUInt32BE(16)]

describe('a picture as a file', async () => {
  const slug = await someDays('as-a-file')
  const path = `/statements/${slug}/pictures/countries`

  test('is painted as PNG, in light and dark, twice as large', async () => {
    const [light, dark] = await Promise.all(
      [`${path}.png`, `/ar${path}.png?dark=yes&narrow=yes`].map(async (each) => {
        const response = await get(each)
        assert.equal(response.headers.get('content-type'), 'image/png')
        return Buffer.from(await response.arrayBuffer())
      }),
    )
    assert.deepEqual(
      [sizeOf(light), sizeOf(dark)],
      [
        ['PNG', 1440],
        ['PNG', 720],
      ],
    )
    assert.notDeepEqual(light, dark)
  })

  test('is neither painted nor sent again as long as nothing has changed', async () => {
    const { painter } = site.ctx
    for (const each of [`${path}.png`, `${path}.svg`]) {
      const tag = (await get(each)).headers.get('etag') ?? ''
      // as a browser asks; fetch alone would forbid any cache
      const known = { 'if-none-match': tag, 'cache-control': 'max-age=0' }
      site.ctx.painter = withoutProgram
      assert.equal((await get(each, known)).status, 304)
      site.ctx.painter = painter
      await signAll(slug, 1, { country: 'PE' })
      assert.equal((await get(each, known)).status, 200)
    }
  })

  test('may use its own style when it is opened by itself, and nothing else', async () => {
    const policy = (await get(`${path}.svg`)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; sandbox$/)
  })

  test('is found under its names only', async () => {
    const wrong = ['map', 'map.gif', 'map.svg.png', 'people.svg', '.svg', 'constructor.svg']
    for (const name of wrong) {
      assert.equal((await get(`/statements/${slug}/pictures/${name}`)).status, 404, name)
    }
    assert.equal((await get('/statements/there-is-none/pictures/map.svg')).status, 404)
  })

  test('is an SVG file only where no program paints, and the page says no more', async () => {
    const { painter } = site.ctx
    site.ctx.painter = withoutProgram
    const response = await get(`${path}.png`)
    assert.equal(response.status, 501)
    const $ = load(await response.text())
    assert.match($('main').text(), /makes no PNG pictures/)
    assert.equal($('main a').attr('href'), `${path}.svg`)
    assert.equal((await pageOf(slug))('a[href*=".png"]').length, 0)
    site.ctx.painter = painter
  })
})
