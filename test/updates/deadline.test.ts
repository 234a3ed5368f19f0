import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinAs, send, signIn } from '../support/desk.ts'
import { somebody } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { aMinute } from './campaign.ts'

test('an extended deadline is told once to each who asked for updates, and to everyone on the page', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  const [ana, fatou] = [somebody({ updates: 'yes' }), somebody({ updates: 'yes' })]
  await signAndConfirm(site, slug, ana, 'es')
  await signAndConfirm(site, slug, fatou, 'fr')
  await signAndConfirm(site, slug, somebody())
  const { browser, id } = await signIn(site, 'coordinator')
  await joinAs(site, slug, id, 'coordinator')
  await site.deliverMail()
  site.inbox.clear()

  await browser.open(`/desk/statements/${slug}/deadline`)
  await browser.fill({ closes_date: '2026-12-20' }).press('Extend the deadline')
  assert.equal(browser.status, 200)
  for (let minute = 0; minute < 3; minute += 1) await aMinute(site)

  assert.equal(site.inbox.mails.length, 2)
  const [spanish] = site.inbox.matching(ana['email'] ?? '')
  assert.match(spanish?.subject ?? '', /hasta el .*20 de diciembre de 2026/)
  const [french] = site.inbox.matching(fatou['email'] ?? '')
  assert.match(french?.text ?? '', /20 décembre 2026.*Europe\/London.*UTC/)
  const link = /https?:\S+\/unsubscribe\/\S+/.exec(french?.text ?? '')?.[0] ?? ''
  const left = await post(site, new URL(link).pathname, { 'List-Unsubscribe': 'One-Click' })
  assert.equal(left.status, 200)

  await browser.open(`/desk/statements/${slug}/deadline`)
  await browser.fill({ closes_date: '2026-12-24' }).press('Extend the deadline')
  site.inbox.clear()
  for (let minute = 0; minute < 3; minute += 1) await aMinute(site)
  assert.deepEqual(
    site.inbox.mails.map(({ recipients }) => recipients),
    [[ana['email']]],
    'who has unsubscribed gets no other',
  )
  const visitor = await site.visitor().open(`/statements/${slug}`)
  assert.match(visitor.text('main'), /More time to sign: until .*24 December 2026/)
})

test('who extends and who closes at the same moment: it is closed, and whoever came too late is told', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  const { browser } = await signIn(site, 'admin')
  const path = `/desk/statements/${slug}/deadline`
  await browser.open(path)
  const value = (name: string) => String(browser.$(`[name=${name}]`).first().val())
  const names = ['form_key', 'made_from', 'closes_time', 'closes_zone']
  const typed = Object.fromEntries(names.map((name) => [name, value(name)]))
  const press = (more: Record<string, string>) =>
    send(site, path, browser.cookie, { ...typed, ...more })
  const [closed, extended] = await Promise.all([
    press({ do: 'close' }),
    press({ closes_date: '2026-12-24' }),
  ])
  assert.equal(closed.status, 303)
  const { state, closes_at } = await site.ctx.db
    .selectFrom('statements')
    .select(['state', 'closes_at'])
    .executeTakeFirstOrThrow()
  assert.equal(state, 'closed')
  assert.equal(extended.status, closes_at?.startsWith('2026-12-24') ? 303 : 422)

  await browser.open(path)
  await browser.fill({ closes_date: '2026-12-26' }).press('Extend the deadline')
  assert.equal(browser.status, 200, 'who sees that it is closed opens it again')
})
