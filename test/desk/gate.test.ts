import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deskRoutes } from '../../src/desk/routes.ts'
import { type DeskPerson, joinAs, keyOf, postAs, send, signIn } from '../support/desk.ts'
import { openSite, type TestSite } from '../support/site.ts'

const samples = (path: string, slug: string) => path.replace(':slug', slug).replace(/:\w+/g, 'none')

/** Nobody has shown a second factor for a long time: what needs one asks, and changes nothing. */
async function answerTo(site: TestSite, person: DeskPerson, method: string, path: string) {
  const { cookie } = person.browser
  const response =
    method === 'post'
      ? await postAs(site, person, path, {})
      : await fetch(site.address + path, { headers: { cookie }, redirect: 'manual' })
  await response.arrayBuffer()
  return response.status
}

describe('every form of the desk', () => {
  test('is refused without the key that only the desk’s own pages have', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const admin = await signIn(site, 'admin')
    const { cookie } = admin.browser
    const posts = deskRoutes(site.ctx).filter(
      ({ method, needs }) => method === 'post' && needs !== 'visitor',
    )
    assert.ok(posts.length >= 5)
    for (const { path } of posts) {
      const address = samples(path, slug)
      assert.equal((await send(site, address, cookie)).status, 403, path)
      const wrong = await send(site, address, cookie, { form_key: 'x'.repeat(43) })
      assert.equal(wrong.status, 403, path)
    }
  })

  test('of another site is refused before signing in, too', async () => {
    const site = await openSite()
    const from = (headers: Record<string, string>) => send(site, '/desk/sign-in', '', {}, headers)
    assert.equal((await from({ 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await from({ origin: 'https://elsewhere.example' })).status, 403)
    assert.equal((await from({ 'sec-fetch-site': 'same-origin' })).status, 422)
  })

  test('of somebody else’s session does not fit', async () => {
    const site = await openSite()
    const anna = await signIn(site, 'admin')
    const ben = await signIn(site, 'admin')
    const form_key = await keyOf(ben)
    const { cookie } = anna.browser
    assert.equal((await send(site, '/desk/people', cookie, { form_key })).status, 403)
  })
})

describe('roles', () => {
  test('who does not belong to a statement sees none of its pages, as if it were not there', async () => {
    const site = await openSite()
    const slug = await site.publish()
    for (const role of ['coordinator', 'translator', 'viewer'] as const) {
      const person = await signIn(site, role)
      for (const { method, path } of deskRoutes(site.ctx)) {
        if (!path.includes(':slug')) continue
        const foreign = await answerTo(site, person, method, samples(path, slug))
        const missing = await answerTo(site, person, method, samples(path, 'there-is-none'))
        assert.equal(foreign, 404, `${role} ${method} ${path}`)
        assert.equal(missing, 404, `${role} ${method} ${path}`)
      }
    }
  })

  test('each opens what its power allows, and nothing else', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const allowed = {
      viewer: ['read'],
      translator: ['read', 'translate'],
      coordinator: ['read', 'translate', 'coordinate'],
    }
    for (const role of ['coordinator', 'translator', 'viewer'] as const) {
      const person = await signIn(site, role)
      await joinAs(site, slug, person.id, role)
      for (const { method, path, needs } of deskRoutes(site.ctx)) {
        if (!path.includes(':slug')) continue
        const status = await answerTo(site, person, method, samples(path, slug))
        const isForbidden = status === 403 || status === 404
        const told = `${role} ${method} ${path}: ${status}`
        if (!allowed[role].includes(needs)) assert.equal(status, 403, told)
        else if (method === 'get' && !path.includes('/:', 20)) assert.ok(!isForbidden, told)
      }
    }
  })

  test('only admins let people in', async () => {
    const site = await openSite()
    for (const role of ['coordinator', 'translator', 'viewer'] as const) {
      const { browser } = await signIn(site, role)
      await browser.open('/desk/people')
      assert.equal(browser.status, 403, role)
    }
  })

  test('the last admin cannot be removed, also not by two at the same time', async () => {
    const site = await openSite()
    const anna = await signIn(site, 'admin')
    const ben = await signIn(site, 'admin')
    const remove = async (who: DeskPerson, whom: DeskPerson) => {
      const form_key = await keyOf(who)
      return () =>
        fetch(`${site.address}/desk/people/${whom.id}`, {
          method: 'POST',
          body: new URLSearchParams({ form_key, remove: 'yes' }),
          headers: { cookie: who.browser.cookie },
          redirect: 'manual',
        })
    }
    const both = [await remove(anna, ben), await remove(ben, anna)]
    await Promise.all(both.map((press) => press()))
    const admins = await site.ctx.db
      .selectFrom('coordinators')
      .select('id')
      .where('role', '=', 'admin')
      .where('removed_at', 'is', null)
      .execute()
    assert.equal(admins.length, 1)
  })
})
