// Signing rests, of one statement or everywhere: every page says so, nothing that was typed is lost,
// and what was signed before can be confirmed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { languages, translator } from '../../src/languages/languages.ts'
import { pauseSigning, resumeSigning } from '../../src/statements/pause.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { harbour, somebody, someOrganisation } from '../support/people.ts'
import { counts, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const pauses = [
  {
    what: 'of one statement',
    notice: 'closed.paused',
    pause: ({ ctx }: TestSite, slug: string) => pauseSigning(ctx, slug, 'test'),
  },
  {
    what: 'everywhere',
    notice: 'notice.signing-paused',
    pause: ({ ctx }: TestSite) => switchOff(ctx, 'signing', 'test'),
  },
] as const

async function openPaused(pause: (site: TestSite, slug: string) => Promise<unknown>) {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, somebody())
  await pause(site, slug)
  site.clock.advance({ seconds: 1 })
  return { site, slug, link }
}

for (const { what, notice, pause } of pauses) {
  describe(`while signing rests ${what}`, () => {
    test('the statement says so in every language and offers no button', async () => {
      const { site, slug } = await openPaused(pause)
      for (const { code } of languages) {
        const t = translator(code)
        const visitor = await site.visitor().open(`/${code}/statements/${slug}`)
        assert.equal(visitor.text('.site-notice'), t(notice), code)
        assert.match(visitor.text('.panel'), new RegExp(t('closed.paused.heading')), code)
        assert.equal(visitor.$('a[href*="/endorse"]').length, 0, code)
        assert.ok(!visitor.text().includes(t('statement.closed')), code)
      }
    })

    test('the form says so in every language, and when it is still meant to close', async () => {
      const { site, slug } = await openPaused(pause)
      for (const { code } of languages) {
        const t = translator(code)
        const visitor = await site.visitor().open(`/${code}/statements/${slug}/endorse`)
        assert.equal(visitor.status, 200)
        assert.equal(visitor.text('h1'), t('closed.paused.heading'), code)
        assert.match(visitor.text('.deadline'), new RegExp(t('deadline.closes')), code)
        assert.ok(!visitor.text().includes(t('closed.confirm-note')), 'it has not closed')
      }
    })

    test('a form that is sent is refused in every language, with all that was typed', async () => {
      const { site, slug } = await openPaused(pause)
      const answers = {
        ...harbour,
        name: 'Bündnis <Ärzt*innen>',
        contact_role: 'Bote',
        updates: 'yes',
      }
      for (const { code } of languages) {
        const sent = await post(site, `/${code}/statements/${slug}/endorse`, answers)
        assert.equal(sent.status, 409)
        const $ = load(await sent.text())
        assert.match($('.site-notice').text(), new RegExp(translator(code)('closed.paused.kept')))
        for (const [name, value] of Object.entries(answers)) {
          const field = $(`[name="${name}"]`)
          const kept = field.is('[type=radio], [type=checkbox]')
            ? $(`[name="${name}"]:checked`).attr('value')
            : field.val()
          assert.equal(kept, value, `${code} ${name}`)
        }
      }
      const checked = await sign(site, slug, answers)
      assert.equal(checked.status, 409, 'from the page that shows the answers, too')
      assert.match(await checked.text(), /value="Bündnis &lt;Ärzt\*innen&gt;"/)
      const rows = await site.ctx.db.selectFrom('endorsements').select('state').execute()
      assert.deepEqual(rows, [{ state: 'pending' }], 'only the one of before')
    })

    test('what was signed before is confirmed, and can be withdrawn', async () => {
      const { site, slug, link } = await openPaused(pause)
      const confirmed = await post(site, link, { decision: 'confirm' })
      assert.equal(confirmed.status, 303)
      assert.equal((await counts(site, slug))['total'], 1)
      const own = new URL(confirmed.headers.get('location') ?? '', site.address).pathname
      assert.equal((await post(site, own, { decision: 'withdraw' })).status, 200)
      assert.equal((await counts(site, slug))['total'], 0)
    })
  })
}

test('a pause of one statement leaves the others alone, and ends when it is resumed', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  await pauseSigning(site.ctx, slug, 'test')
  assert.equal((await sign(site, other, someOrganisation())).status, 303)
  assert.equal((await sign(site, slug, somebody())).status, 409)
  await resumeSigning(site.ctx, slug, false, 'test')
  await signAndConfirm(site, slug, somebody())
  const visitor = await site.visitor().open(`/statements/${slug}`)
  assert.equal(visitor.$('.site-notice').length, 0)
})

async function deadlineOf(site: TestSite, slug: string): Promise<unknown> {
  return (await counts(site, slug))['closes_at']
}

describe('a pause that extends', () => {
  const closesAt = { instant: '2026-11-22T12:00:00.000Z', zone: 'Europe/London' }

  test('moves the deadline of a statement by its length, also when it has passed meanwhile', async () => {
    const site = await openSite({ now: '2026-11-21T12:00:00.000Z' })
    const slug = await site.publish('naloxone-within-reach', { closesAt })
    await pauseSigning(site.ctx, slug, 'test')
    site.clock.advance({ hours: 30 })
    assert.equal((await counts(site, slug))['status'], 'closed')
    const resumed = await resumeSigning(site.ctx, slug, true, 'test')
    assert.equal(resumed.outcome, 'resumed')
    assert.equal(await deadlineOf(site, slug), '2026-11-23T18:00:00.000Z')
    await signAndConfirm(site, slug, somebody())
    site.clock.set('2026-11-23T18:00:00.000Z')
    assert.equal((await sign(site, slug, somebody())).status, 409)
  })

  test('does not when it is not asked to', async () => {
    const site = await openSite({ now: '2026-11-21T12:00:00.000Z' })
    const slug = await site.publish('naloxone-within-reach', { closesAt })
    await pauseSigning(site.ctx, slug, 'test')
    site.clock.advance({ hours: 2 })
    await resumeSigning(site.ctx, slug, false, 'test')
    assert.equal(await deadlineOf(site, slug), closesAt.instant)
  })

  test('of the whole site moves what it has shortened, and nothing else', async () => {
    const site = await openSite({ now: '2026-11-21T12:00:00.000Z' })
    const day = (n: number) => ({ ...closesAt, instant: `2026-11-${n}T12:00:00.000Z` })
    const publish = (slug: string, change: object) =>
      site.publish('naloxone-within-reach', { slug, ...change })
    await publish('over-before', { closesAt: day(22) })
    await publish('shortened', { closesAt: day(24) })
    await publish('over-meanwhile', {
      closesAt: { ...closesAt, instant: '2026-11-23T13:00:00.000Z' },
    })
    await publish('resting-by-itself', { closesAt: day(25) })
    await publish('without-deadline', { closesAt: null })
    await pauseSigning(site.ctx, 'resting-by-itself', 'test')
    site.clock.set('2026-11-23T12:00:00.000Z')
    await switchOff(site.ctx, 'signing', 'test')
    site.clock.advance({ hours: 2 })
    await publish('opened-later', { opensAt: null, closesAt: day(26) })
    site.clock.advance({ hours: 2 })
    assert.deepEqual(await switchOn(site.ctx, 'signing', true, 'test'), {
      wasOff: true,
      extended: 3,
    })
    const deadlines: Record<string, unknown> = {
      'over-before': '2026-11-22T12:00:00.000Z',
      shortened: '2026-11-24T16:00:00.000Z',
      'over-meanwhile': '2026-11-23T17:00:00.000Z',
      'resting-by-itself': '2026-11-25T12:00:00.000Z',
      'without-deadline': null,
      'opened-later': '2026-11-26T14:00:00.000Z',
    }
    for (const [slug, deadline] of Object.entries(deadlines)) {
      assert.equal(await deadlineOf(site, slug), deadline, slug)
    }
  })
})
