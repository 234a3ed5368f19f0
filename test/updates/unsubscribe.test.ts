import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dumpOf } from '../support/dump.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { aMinute, publishUpdate } from './campaign.ts'

const updates = 'yes'

/** Somebody who has got an update; `path` is the one-click address in its headers. */
async function openSubscribed() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const answers = somebody({ updates })
  const email = answers['email'] ?? ''
  await signAndConfirm(site, slug, answers)
  site.inbox.clear()
  await publishUpdate(site, slug)
  await aMinute(site)
  const [mail] = site.inbox.matching(email)
  assert.ok(mail)
  const link = /^<(https?:\/\/\S+)>$/.exec(mail.headers.get('list-unsubscribe') ?? '')?.[1] ?? ''
  return { site, slug, email, mail, path: new URL(link).pathname }
}

async function another(site: Awaited<ReturnType<typeof openSite>>, slug: string) {
  site.inbox.clear()
  await publishUpdate(site, slug)
  await aMinute(site)
  return site.inbox.mails.length
}

describe('the mail of an update', () => {
  test('carries the headers of RFC 8058 and the same link to read', async () => {
    const { mail, path } = await openSubscribed()
    assert.equal(mail.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.ok(mail.text.includes(path))
    assert.ok(mail.html.includes(path))
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  })

  test('is stopped by one POST without cookies, also one of several parts', async () => {
    for (const body of [new URLSearchParams(), new FormData()]) {
      const { site, slug, path } = await openSubscribed()
      body.append('List-Unsubscribe', 'One-Click')
      const response = await fetch(site.address + path, {
        method: 'POST',
        body,
        redirect: 'manual',
      })
      assert.equal(response.status, 200)
      assert.deepEqual(response.headers.getSetCookie(), [])
      assert.equal(await another(site, slug), 0)
    }
  })

  test('is not stopped by who only opens the link, however often', async () => {
    const { site, slug, path } = await openSubscribed()
    const before = await dumpOf(site)
    for (const method of ['GET', 'HEAD', 'GET']) {
      assert.equal((await fetch(site.address + path, { method })).status, 200)
    }
    assert.equal(await dumpOf(site), before)
    assert.equal(await another(site, slug), 1)
  })

  test('is stopped by the button on the page, and the endorsement stays', async () => {
    const { site, slug, path } = await openSubscribed()
    const visitor = site.visitor()
    await visitor.open(path)
    await visitor.press()
    assert.equal(visitor.status, 200)
    assert.match(visitor.text('h1'), /no more updates/)
    assert.equal(await another(site, slug), 0)
    const list = await fetch(`${site.address}/statements/${slug}/count.json`)
    assert.equal(((await list.json()) as { total: number }).total, 1)
  })

  test('that waits in the outbox is not sent any more', async () => {
    const { site, slug, path } = await openSubscribed()
    site.inbox.clear()
    site.inbox.answer = 'temporary'
    await publishUpdate(site, slug)
    await aMinute(site)
    await post(site, path, {})
    site.inbox.answer = 'accept'
    for (let minute = 0; minute < 5; minute += 1) await aMinute(site)
    assert.equal(site.inbox.mails.length, 0)
  })
})

test('stopping updates stops them for the whole mailbox, and the first link goes on working', async () => {
  const { site, slug, email, path } = await openSubscribed()
  site.inbox.clear()
  await signAndConfirm(site, slug, someOrganisation({ updates, email }))
  assert.equal(await another(site, slug), 1)
  assert.equal((await post(site, path, {})).status, 200)
  assert.equal(await another(site, slug), 0)
})

test('an unsubscribe link opens nothing else, and no other link unsubscribes', async () => {
  const { site, path } = await openSubscribed()
  const token = path.split('/').at(-1) ?? ''
  for (const place of ['endorsement', 'confirm']) {
    assert.equal((await fetch(`${site.address}/${place}/${token}`)).status, 404)
  }
  const own = await signAndConfirm(site, 'naloxone-within-reach', somebody({ updates }))
  const manage = own.split('/').at(-1) ?? ''
  assert.equal((await post(site, `/unsubscribe/${manage}`, {})).status, 404)
})
