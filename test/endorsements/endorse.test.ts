import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harbour, jose, leyla, someOrganisation } from '../support/people.ts'
import { counts, listed, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

test('an organisation signs, confirms, is counted and listed, and withdraws', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  assert.equal((await counts(site, slug))['total'], 0)

  const confirmed = await post(site, link, { decision: 'confirm' })
  assert.equal(confirmed.status, 303)
  assert.deepEqual(
    [(await counts(site, slug))['organisations'], (await counts(site, slug))['countries']],
    [1, 1],
  )
  const [entry] = await listed(site, slug)
  assert.equal(entry?.['name'], 'Harbour Harm Reduction Alliance')
  assert.equal(entry?.['verification'], 'domain')

  const own = new URL(confirmed.headers.get('location') ?? '', site.address).pathname
  const withdrawn = await post(site, own, { decision: 'withdraw' })
  assert.equal(withdrawn.status, 200)
  assert.equal((await counts(site, slug))['total'], 0)
  assert.deepEqual(await listed(site, slug), [])
})

test('a withheld name is counted and not listed', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, leyla)
  const count = await counts(site, slug)
  assert.deepEqual([count['individuals'], count['withheld']], [1, 1])
  assert.deepEqual(await listed(site, slug), [])
})

test('the same person signs once as an individual and once for an organisation', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  await signAndConfirm(site, slug, jose)
  site.inbox.clear()
  await signAndConfirm(site, slug, someOrganisation({ email: 'JOSE.NANDU@gmail.com' }))
  assert.equal((await counts(site, slug))['total'], 2)
})

test('signing twice is told by mail and counted once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, jose)
  site.inbox.clear()
  const again = await sign(site, slug, { ...jose, email: 'josenandu+news@googlemail.com' })
  assert.equal(again.status, 303)
  await site.deliverMail()
  const mail = await site.inbox.waitFor('josenandu+news@googlemail.com')
  assert.match(mail.text, /\/endorsement\//)
  assert.equal((await counts(site, slug))['total'], 1)
})
