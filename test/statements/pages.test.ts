// The pages of statements: home, the statement in its states and languages (product.md §4 and F-A).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { importStatement } from '../../src/statements/import-statement.ts'
import { closeStatement, openStatement } from '../../src/statements/open-and-close.ts'
import { deliverStatement } from '../../src/statements/deliver.ts'
import type { StatementFile } from '../../src/statements/statement.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { fixture } from '../support/fixtures.ts'
import { openSite, type Slug, type TestSite } from '../support/site.ts'

const letter = 'naloxone-within-reach'
const submission = 'community-monitoring-submission'

async function importOnly(site: TestSite, name: Slug, changes: Partial<StatementFile> = {}) {
  const read = await readStatementFolder(fixture(`statements/${name}`))
  assert.ok(read.ok)
  return importStatement(site.ctx, { ...read.statement, ...changes })
}

describe('the home page', () => {
  test('says what will be here while there is nothing yet', async () => {
    const site = await openSite()
    const visitor = await site.visitor().open('/')
    assert.match(visitor.text('main'), /No statement is open/)
    assert.match(visitor.text('main'), /statement import/)
    assert.equal(visitor.$('article.card').length, 0)
  })

  test('shows what is open, the nearest deadline first, and what was delivered', async () => {
    const site = await openSite()
    await site.publish(letter)
    await site.publish(submission)
    await site.publish(submission, { slug: 'handed-over', closesAt: null })
    await closeStatement(site.ctx, 'handed-over')
    await deliverStatement(site.ctx, 'handed-over')
    await importOnly(site, submission, { slug: 'only-a-draft' })
    const visitor = await site.visitor().open('/')
    const cards = visitor.$('article.card h3 a').toArray()
    assert.deepEqual(
      cards.map((card) => visitor.$(card).attr('href')),
      [`/statements/${submission}`, `/statements/${letter}`, '/statements/handed-over'],
    )
    assert.match(visitor.text('article.card'), /30 November 2026 at 17:00/)
  })
})

describe('a statement', () => {
  test('is not there as long as it is a draft', async () => {
    const site = await openSite()
    await importOnly(site, submission)
    for (const path of [
      '',
      '/signatories',
      '/signatories.csv',
      '/count.json',
      '/live',
      '/endorse',
    ]) {
      const response = await fetch(`${site.address}/statements/${submission}${path}`)
      assert.equal(response.status, 404, path)
    }
    assert.doesNotMatch((await site.visitor().open('/statements')).html, /community-monitoring/)
  })

  test('opens and closes by itself at the instants it was given', async () => {
    const site = await openSite({ now: '2026-11-21T07:59:59.999Z' })
    await importOnly(site, letter)
    const visitor = site.visitor()
    await visitor.open(`/statements/${letter}`)
    assert.equal(visitor.status, 404)
    site.clock.set('2026-11-21T08:00:00.000Z')
    await visitor.open(`/statements/${letter}`)
    assert.equal(visitor.status, 200)
    assert.ok(visitor.$('.endorse-buttons a').length > 0)
    site.clock.set('2026-12-04T11:59:59.999Z')
    assert.ok((await visitor.open(`/statements/${letter}`)).$('.endorse-buttons a').length > 0)
    site.clock.set('2026-12-04T12:00:00.000Z')
    await visitor.open(`/statements/${letter}`)
    assert.equal(visitor.$('.endorse-buttons a').length, 0)
    assert.match(visitor.text('main'), /no longer takes endorsements/)
    assert.equal(visitor.$('[data-live]').length, 1, 'names are withdrawn later, too')
  })

  test('that was taken down says why, and nothing else is left', async () => {
    const site = await openSite()
    await site.publish(letter)
    const reason = 'The convenors asked <us> & we agreed.'
    await site.ctx.db
      .updateTable('statements')
      .set({ state: 'taken-down', taken_down_reason: reason })
      .execute()
    const visitor = await site.visitor().open(`/statements/${letter}`)
    assert.equal(visitor.status, 410)
    assert.ok(visitor.text('main').includes(reason))
    assert.doesNotMatch(visitor.html, /Excellencies/)
    for (const path of ['/signatories', '/signatories.csv', '/count.json', '/live', '/endorse']) {
      const response = await fetch(`${site.address}/statements/${letter}${path}`)
      assert.equal(response.status, 410, path)
    }
    const problem = await fetch(`${site.address}/statements/${letter}/count.json`)
    assert.equal(((await problem.json()) as { detail: string }).detail, reason)
    assert.equal((await visitor.open('/statements')).$('article.card').length, 0)
  })

  test('keeps the precision of its date', async () => {
    const site = await openSite()
    await site.publish(submission)
    const shown: [string, string][] = [
      ['', 'September 2026'],
      ['/fr', 'septembre 2026'],
      ['/ru', 'сентябрь 2026'],
    ]
    for (const [prefix, text] of shown) {
      const visitor = await site.visitor().open(`${prefix}/statements/${submission}`)
      const time = visitor.$('.kicker time')
      assert.equal(time.attr('datetime'), '2026-09')
      assert.ok(time.text().startsWith(text), time.text())
    }
  })

  test('shows its deadline in its own zone and in UTC', async () => {
    const site = await openSite()
    await site.publish(submission)
    const visitor = await site.visitor().open(`/statements/${submission}`)
    const deadline = visitor.text('.deadline')
    assert.match(deadline, /Monday 30 November 2026 at 17:00 \(Africa\/Nairobi, East Africa Time\)/)
    assert.match(deadline, /30 November 2026, 14:00 UTC/)
    assert.equal(visitor.$('.deadline time').attr('datetime'), '2026-11-30T14:00:00.000Z')
  })

  test('that was closed by hand says when, and not when it would have been', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await closeStatement(site.ctx, slug)
    const visitor = site.visitor()
    for (const path of [`/statements/${slug}`, '/statements', `/statements/${slug}/endorse`]) {
      await visitor.open(path)
      assert.match(visitor.text('.deadline'), /^Closed Saturday 21 November 2026 at 12:00/, path)
    }
    await openStatement(site.ctx, slug)
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.deadline'), /^Closes Friday 4 December 2026/)
  })

  test('names its convenors in order, with their roles, and its addressees', async () => {
    const site = await openSite()
    await site.publish(letter)
    const visitor = await site.visitor().open(`/statements/${letter}`)
    const convenors = visitor.$('.convenors li').toArray()
    assert.deepEqual(
      convenors.map((each) => visitor.$(each).text().replaceAll(/\s+/g, ' ').trim()),
      [
        'Lead Meridian Network of People Who Use Drugs (MNPUD)',
        'With Harbour Harm Reduction Alliance (HHRA)',
        'With Red de Salud Comunitaria del Sur (RSCS)',
      ],
    )
    assert.match(visitor.text('.to'), /Dr Amara Lindqvist · Regional Director/)
  })
})

describe('the language versions of a statement', () => {
  test('are those of the address, and link to each other', async () => {
    const site = await openSite()
    await site.publish(letter)
    const visitor = site.visitor()
    const begins: Record<string, RegExp> = {
      en: /^Excellencies,/,
      es: /^\p{Script=Latin}/u,
      fr: /^\p{Script=Latin}/u,
      ru: /^\p{Script=Cyrillic}/u,
      ar: /^أصحاب المعالي/,
    }
    for (const [language, pattern] of Object.entries(begins)) {
      await visitor.open(`/${language}/statements/${letter}`)
      assert.match(visitor.text('.letter'), pattern)
      assert.equal(visitor.$('.letter').attr('lang'), language)
      assert.equal(visitor.$('.versions a').length, 5)
      assert.equal(visitor.$('.versions [aria-current]').attr('lang'), language)
      assert.equal(visitor.$('.statement-head .notice').length, 0)
    }
    await visitor.follow('English')
    assert.match(visitor.url, /^[^?]*\/statements\/naloxone-within-reach$/)
  })

  test('fall back to the authoritative text, and say so', async () => {
    const site = await openSite()
    await site.publish(submission)
    const visitor = await site.visitor().open(`/ar/statements/${submission}`)
    assert.deepEqual(
      [
        visitor.$('html').attr('dir'),
        visitor.$('.letter').attr('dir'),
        visitor.$('h1').attr('lang'),
      ],
      ['rtl', 'ltr', 'en'],
    )
    assert.match(visitor.text('.statement-head .notice'), /العربية.*English/)
    await visitor.open(`/fr/statements/${submission}`)
    assert.equal(visitor.$('.statement-head .notice').length, 0)
  })

  test('in a language that the interface does not have are there too', async () => {
    const site = await openSite()
    const read = await readStatementFolder(fixture(`statements/${submission}`))
    assert.ok(read.ok)
    const extra = { language: 'uk', title: 'Нічого без нас', summary: '', body: 'Це подання.' }
    await site.publish(submission, { versions: [...read.statement.versions, extra] })
    const visitor = await site.visitor().open(`/statements/${submission}`)
    await visitor.follow('Українська')
    assert.deepEqual([visitor.$('html').attr('lang'), visitor.$('h1').attr('lang')], ['en', 'uk'])
    assert.equal(visitor.text('.letter'), 'Це подання.')
  })

  test('carry only links that are safe to follow', async () => {
    const site = await openSite()
    await site.publish(letter)
    const visitor = await site.visitor().open(`/statements/${letter}`)
    for (const link of visitor.$('a[href^="http"]').toArray()) {
      const { href = '', rel = '' } = visitor.$(link).attr() ?? {}
      if (!href.startsWith(site.address)) assert.match(rel, /noopener/, href)
    }
    assert.equal(visitor.$('a[target]').length, 0)
  })
})
