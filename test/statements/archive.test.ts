// GET /statements: paging, filters and search.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { deliverStatement } from '../../src/statements/deliver.ts'
import { openSite, type TestSite } from '../support/site.ts'

const letter = 'naloxone-within-reach'
const submission = 'community-monitoring-submission'

async function slugsAt(site: TestSite, path: string): Promise<string[]> {
  const visitor = await site.visitor().open(path)
  assert.equal(visitor.status, 200)
  const cards = visitor.$('article.card h3 a').toArray()
  return cards.map(
    (card) =>
      visitor
        .$(card)
        .attr('href')
        ?.replace(/^.*\/statements\//, '') ?? '',
  )
}

describe('the archive', async () => {
  const site = await openSite()
  await site.publish(letter)
  await site.publish(submission)
  const old = { instant: '2024-03-01T09:00:00.000Z', zone: 'UTC' }
  await site.publish(submission, {
    slug: 'of-2024',
    opensAt: old,
    closesAt: null,
    topics: ['100%_x'],
  })
  for (const slug of ['closed-one', 'delivered-one']) {
    await site.publish(letter, { slug })
    await closeStatement(site.ctx, slug)
  }
  await deliverStatement(site.ctx, 'delivered-one')
  const find = (query: Record<string, string>) =>
    slugsAt(site, `/statements?${new URLSearchParams(query).toString()}`)

  test('has every statement that was ever open', async () => {
    const all = [letter, submission, 'of-2024', 'closed-one', 'delivered-one']
    assert.deepEqual((await find({})).toSorted(), all.toSorted())
  })

  test('filters by status', async () => {
    assert.deepEqual(
      (await find({ status: 'open' })).toSorted(),
      [submission, letter, 'of-2024'].toSorted(),
    )
    assert.deepEqual(await find({ status: 'closed' }), ['closed-one'])
    assert.deepEqual(await find({ status: 'delivered' }), ['delivered-one'])
    assert.deepEqual(await find({ status: 'archived' }), [])
  })

  test('never finds what is not public', async () => {
    for (const status of ['draft', 'taken-down', "open' or 1=1"]) {
      assert.equal((await find({ status })).length, 5, 'nonsense filters nothing')
    }
  })

  test('filters by topic and by year, taken literally', async () => {
    assert.deepEqual(await find({ topic: 'monitoring' }), [submission])
    assert.deepEqual(await find({ topic: '100%_x' }), ['of-2024'])
    assert.deepEqual(await find({ topic: '%' }), [])
    assert.deepEqual(await find({ year: '2024' }), ['of-2024'])
    assert.equal((await find({ year: '2026' })).length, 4)
    assert.deepEqual(await find({ year: '1999' }), [])
  })

  test('searches title, summary and text of every language, without diacritics', async () => {
    const naloxone = ['closed-one', 'delivered-one', letter].toSorted()
    const words = ['NALOXONE WITHIN', 'النالوكسون', 'налоксон', 'naloxóne', 'Excellencies']
    for (const q of words) {
      assert.deepEqual((await find({ q })).toSorted(), naloxone, q)
    }
    assert.deepEqual(
      (await find({ q: 'eleven of the fourteen' })).toSorted(),
      [submission, 'of-2024'].toSorted(),
    )
    assert.deepEqual(await find({ q: 'no such words' }), [])
    assert.deepEqual(await find({ q: '_' }), [])
  })

  test('combines filters, keeps them in the form, and offers to clear them', async () => {
    assert.deepEqual(await find({ q: 'naloxone', status: 'closed' }), ['closed-one'])
    const visitor = await site.visitor().open('/statements?q=nothing&status=closed')
    assert.equal(visitor.$('#q').attr('value'), 'nothing')
    assert.equal(visitor.$('#status [selected]').attr('value'), 'closed')
    await visitor.follow('Clear all filters')
    assert.equal(visitor.$('article.card').length, 5)
  })

  test('offers the topics and years there are', async () => {
    const visitor = await site.visitor().open('/statements')
    const offered = (id: string) =>
      visitor
        .$(`#${id} option`)
        .toArray()
        .map((option) => visitor.$(option).attr('value'))
    assert.deepEqual(offered('year'), ['', '2026', '2024'])
    assert.ok(offered('topic').includes('overdose prevention'))
  })
})

describe('a long archive', async () => {
  const site = await openSite()
  const slugs = Array.from({ length: 37 }, (_, n) => `number-${n + 1}`)
  for (const slug of slugs) await site.publish(letter, { slug })

  test('is read page by page, every statement once', async () => {
    const seen: string[] = []
    let next: string | undefined = '/statements?status=open&q=naloxone'
    while (next !== undefined) {
      seen.push(...(await slugsAt(site, next)))
      const visitor = await site.visitor().open(next)
      next = visitor.$('a[rel=next]').attr('href')
      if (next !== undefined) assert.match(next, /status=open&q=naloxone&page=\d/)
    }
    assert.deepEqual(seen.toSorted(), slugs.toSorted())
    assert.equal(new Set(seen).size, slugs.length)
  })

  test('is what the home page links to when it does not show them all', async () => {
    const visitor = await site.visitor().open('/')
    assert.ok(visitor.$('article.card').length < slugs.length)
    await visitor.follow('See all statements')
    assert.match(visitor.text('main'), /37 statements/)
  })

  test('takes any page number, and leads back from beyond the end', async () => {
    const first = await slugsAt(site, '/statements')
    for (const page of ['0', '-1', 'abc', '1.5', '', '%00', '1e1', '99999999999']) {
      assert.deepEqual(await slugsAt(site, `/statements?page=${page}`), first, page)
    }
    const visitor = await site.visitor().open('/statements?page=1000000')
    assert.equal(visitor.$('article.card').length, 0)
    await visitor.open(visitor.$('a[rel=prev]').attr('href') ?? '')
    assert.ok(visitor.$('article.card').length > 0)
  })
})
