import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deskRoutes } from '../../src/desk/routes.ts'
import { type DeskPerson, keyOf, send, signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

const samples = (path: string, slug: string) => path.replace(':slug', slug).replace(/:\w+/g, 'none')

describe('every form of the desk', () => {
  test('is refused without the key that only the desk’s own pages have', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const admin = await signIn(site, 'admin')
    const { cookie } = admin.browser
    const form_key = await keyOf(admin)
    const posts = deskRoutes(site.ctx).filter(
      ({ method, needs }) => method === 'post' && needs !== 'visitor',
    )
    assert.ok(posts.length >= 5)
    for (const { path } of posts) {
      const address = samples(path, slug)
      assert.equal((await send(site, address, cookie)).status, 403, path)
      const wrong = await send(site, address, cookie, { form_key: 'x'.repeat(43) })
      assert.equal(wrong.status, 403, path)
      const elsewhere = { origin: 'https://elsewhere.example' }
      const foreign = await send(site, address, cookie, { form_key }, elsewhere)
      assert.equal(foreign.status, 403, path)
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

describe('admins', () => {
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
