import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { languages, type MessageKey, translator } from '../../src/languages/languages.ts'
import type { Mail } from '../support/mail.ts'
import { somebody } from '../support/people.ts'
import { linkIn, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const kinds = ['confirm', 'reminder', 'confirmed', 'already', 'withdrawn', 'yours'] as const
type Kind = (typeof kinds)[number]
type Letters = Record<Kind, Mail>

/** One person goes through everything that sends a mail; each kind once. */
async function receiveAll(site: TestSite, slug: string, language: string): Promise<Letters> {
  const answers = somebody()
  const address = answers['email'] ?? ''
  const prefix = language === 'en' ? '' : language
  const next = async (act: () => Promise<unknown>): Promise<Mail> => {
    site.inbox.clear()
    site.clock.advance({ minutes: 11 })
    await act()
    await site.deliverMail()
    return site.inbox.waitFor(address)
  }
  const confirm = await next(() => sign(site, slug, answers, prefix))
  const reminder = await next(async () => {
    site.clock.advance({ hours: 48 })
    await site.tidy()
  })
  const confirmed = await next(() =>
    post(site, linkIn(reminder, 'confirm'), { decision: 'confirm' }),
  )
  const already = await next(() => sign(site, slug, answers, prefix))
  const yours = await next(() =>
    post(site, `${prefix && `/${prefix}`}/find-my-endorsement`, { email: address }),
  )
  const withdrawn = await next(() =>
    post(site, linkIn(yours, 'endorsement'), { decision: 'withdraw' }),
  )
  return { confirm, reminder, confirmed, already, withdrawn, yours }
}

function links(part: string): string[] {
  return [...new Set(part.match(/https?:\/\/[^\s"<>]+/g))].sort()
}

function titleOf(slug: string, language: string, site: TestSite) {
  return site.ctx.db
    .selectFrom('text_versions as t')
    .innerJoin('statements as s', 's.id', 't.statement_id')
    .select('t.title')
    .where('s.slug', '=', slug)
    .where('t.language', '=', language)
    .executeTakeFirstOrThrow()
}

for (const { code, dir } of languages) {
  describe(`in ${code}, every mail`, () => {
    let site: TestSite
    let letters: Letters
    let title = ''
    before(async () => {
      site = await openSite()
      const times = { opensAt: null, closesAt: null }
      const slug = await site.publish('naloxone-within-reach', { ...times, discreet: false })
      letters = await receiveAll(site, slug, code)
      title = (await titleOf(slug, code, site)).title
    })

    for (const kind of kinds) {
      test(`(${kind}) says that a machine wrote it, and in which language`, () => {
        const { headers, from, recipients, to } = letters[kind]
        assert.equal(headers.get('auto-submitted'), 'auto-generated')
        assert.equal(headers.get('content-language'), code)
        assert.match(headers.get('message-id') ?? '', /^<[\w-]{22}@[\w.]+>$/)
        assert.equal(from?.address, 'signon@undersigned.example')
        assert.deepEqual([recipients.length, to.length], [1, 1])
        assert.equal(headers.has('list-unsubscribe-post'), false)
      })

      test(`(${kind}) speaks that language, in the subject and in both parts`, () => {
        const { subject, text, html } = letters[kind]
        const t = translator(code)
        assert.ok(text.startsWith(t('mail.greeting')), text)
        assert.match(html, new RegExp(`<html lang="${code}" dir="${dir}">`))
        assert.ok(html.includes(t('mail.automatic')))
        const key = `mail.${kind}.subject` as MessageKey
        assert.equal(subject, t(key, { title, site: 'Undersigned' }))
      })

      test(`(${kind}) says everything in the text alone, and loads nothing from anywhere`, () => {
        const { text, html } = letters[kind]
        assert.deepEqual(links(text), links(html))
        for (const link of links(html)) {
          const url = new URL(link)
          assert.deepEqual([url.origin, url.search, url.hash], [site.address, '', ''])
          if (code !== 'en') assert.ok(url.pathname.startsWith(`/${code}/`), link)
        }
        assert.doesNotMatch(html, /<img|<link|<script|<iframe|\bsrc=|url\(|@import|background=/i)
        assert.doesNotMatch(text, /<[a-z/]|&#?\w+;/i)
      })
    }
  })
}

test('a discreet statement is named in no subject, and in the mail itself', async () => {
  const site = await openSite()
  const times = { opensAt: null, closesAt: null }
  const slug = await site.publish('naloxone-within-reach', { ...times, discreet: true })
  for (const { code } of languages) {
    const { title } = await titleOf(slug, code, site)
    const letters = await receiveAll(site, slug, code)
    for (const kind of kinds) {
      const { subject, text } = letters[kind]
      assert.ok(!subject.includes(title), `${code} ${kind}: ${subject}`)
      assert.ok(subject.includes('Undersigned'), `${code} ${kind}: ${subject}`)
      assert.ok(text.replace(/\s+/g, ' ').includes(title), `${code} ${kind}: ${text}`)
    }
  }
})

test('the private link of the mails leads to the private page, and only to it', async () => {
  const site = await openSite()
  const slug = await site.publish('naloxone-within-reach', { opensAt: null, closesAt: null })
  const answers = somebody()
  await signAndConfirm(site, slug, answers)
  const mails = site.inbox.matching(answers['email'] ?? '')
  const link = linkIn(mails.at(-1) as Mail, 'endorsement')
  assert.equal((await fetch(site.address + link)).status, 200)
  const asConfirm = link.replace('/endorsement/', '/confirm/')
  assert.notEqual((await fetch(site.address + asConfirm)).status, 200)
  assert.ok(await signAndGetLink(site, slug, somebody()))
})
