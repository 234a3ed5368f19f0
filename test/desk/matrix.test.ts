// Every address of the desk for everybody: what docs/roles.md promises is what is answered.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { issueSignInLink } from '../../src/coordinators/sign-in.ts'
import type { DeskRoute } from '../../src/desk/desk.ts'
import { deskRoutes } from '../../src/desk/routes.ts'
import { addPerson, type DeskPerson, joinAs, keyOf, send, signIn } from '../support/desk.ts'
import { type DeskObjects, oneOfEverything } from '../support/desk-objects.ts'
import { rowsByTable } from '../support/dump.ts'
import { promised } from '../support/roles-table.ts'
import { openSite, type TestSite } from '../support/site.ts'

const roles = ['admin', 'coordinator', 'translator', 'viewer'] as const
type Caller = { cookie: string; key: string }

interface World {
  site: TestSite
  own: string
  foreign: string
  admin: DeskPerson
  ofOwn: DeskObjects
  ofForeign: DeskObjects
  person: string
  ask: (who: Caller, route: DeskRoute, address: string, fields?: Fields) => Promise<Answer>
}
type Fields = Record<string, string>
type Answer = { status: number; location: string | null; text: string }

async function openWorld(): Promise<World> {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const own = await site.publish()
  const foreign = await site.publish('community-monitoring-submission')
  const admin = await signIn(site, 'admin')
  const ask: World['ask'] = async (who, { method }, address, fields = {}) => {
    const { cookie, key } = who
    const response =
      method === 'post'
        ? await send(site, address, cookie, { form_key: key, ...fields })
        : await fetch(site.address + address, { headers: { cookie }, redirect: 'manual' })
    const location = response.headers.get('location')
    return { status: response.status, location, text: await response.text() }
  }
  return {
    site,
    own,
    foreign,
    admin,
    ofOwn: await oneOfEverything(site, own, admin),
    ofForeign: await oneOfEverything(site, foreign, admin),
    person: (await addPerson(site, 'viewer')).id,
    ask,
  }
}

/** The address about a statement and what belongs to another one or to itself. */
function addressOf(route: DeskRoute, slug: string, { params }: DeskObjects, person = 'none') {
  return route.path.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (name === 'slug') return slug
    if (name === 'token') return 'none'
    const value = route.path.startsWith('/desk/people/') ? person : params[name]
    assert.ok(value !== undefined, `${route.path} has a sample for :${name}`)
    return value
  })
}

/** What some forms do not go without. */
const some = { new_role: 'viewer', in: 'fr' }
const isOfStatement = ({ path }: DeskRoute) => path.includes('/statements/:slug')
const asksAgain = 'Is it still you?'
const isForEverybody = ({ needs }: DeskRoute) => needs === 'visitor' || needs === 'half'
const isForbidden = ({ status, text }: Answer) => status === 403 && !text.includes(asksAgain)

describe('every address of the desk', async () => {
  const world = await openWorld()
  const { site, own, ask } = world
  const routes = deskRoutes(site.ctx)
  const callers = new Map<(typeof roles)[number], Caller>()
  for (const role of roles) {
    const person = role === 'admin' ? world.admin : await signIn(site, role)
    if (role !== 'admin') await joinAs(site, own, person.id, role)
    callers.set(role, { cookie: person.browser.cookie, key: await keyOf(person) })
  }
  const { cookie, key } = callers.get('coordinator') ?? { cookie: '', key: '' }

  test('with something of another statement answers 404', async () => {
    for (const route of routes.filter(isOfStatement)) {
      const address = addressOf(route, own, world.ofForeign)
      if (!/\/:(?!slug|language)/.test(route.path)) continue
      const { status } = await ask({ cookie, key }, route, address, { decision: 'discard' })
      assert.equal(status, 404, `${route.method} ${route.path}`)
    }
  })

  test('changes nothing of another statement, whatever its form names', async () => {
    const { statementId, params, ids } = world.ofForeign
    const traces = [statementId, ...Object.values(ids), ...Object.values(params)]
    const theirs = async () => {
      const tables = Object.entries(await rowsByTable(site)).filter(
        ([name]) => name !== 'audit_log',
      )
      const rows = tables.flatMap(([name, all]) => all.map((row) => name + JSON.stringify(row)))
      const known = traces.filter((trace) => trace.length > 10)
      return rows.filter((row) => known.some((trace) => row.includes(trace))).sort()
    }
    const both = { first: ids.held, first_revision: '1', second: ids.pending, second_revision: '0' }
    const verdict = { decision: 'rejected', reason: 'other', note: 'n', [`pick-${ids.held}`]: '1' }
    const named = { review: ids.review, entry: ids.held, end: ids.preview, ...both, ...verdict }
    const forms = [
      { ...named, keep: ids.held, remove: ids.invitation },
      { ...named, keep: ids.held, remove: ids.delivery, person: ids.held, role: 'viewer' },
      { end: ids.press, 'take-down': ids.quote },
      { ...both, [`again_${ids.invitation}`]: 'yes', again: 'yes' },
    ]
    const before = await theirs()
    assert.ok(before.length > 10)
    for (const route of routes.filter(isOfStatement).filter(({ method }) => method === 'post')) {
      for (const form of forms) {
        const { status } = await ask(
          { cookie, key },
          route,
          addressOf(route, own, world.ofOwn),
          form,
        )
        assert.ok(status < 500, `${route.path}: ${status}`)
      }
      assert.equal((await theirs()).join('\n') === before.join('\n'), true, route.path)
    }
  })
})

describe('every address of the desk, without a second factor shown lately,', async () => {
  const world = await openWorld()
  const { site, own, foreign, ask } = world
  const routes = deskRoutes(site.ctx)
  const callers = new Map<string, Caller>()
  for (const role of roles) {
    const person = role === 'admin' ? world.admin : await signIn(site, role)
    if (role !== 'admin') await joinAs(site, own, person.id, role)
    callers.set(role, { cookie: person.browser.cookie, key: await keyOf(person) })
  }
  site.clock.advance({ minutes: 11 })
  const nobody = { cookie: '', key: '' }

  test('answers each role as docs/roles.md says', async () => {
    const rows = promised()
    assert.equal(rows.size, routes.length)
    for (const role of roles) {
      const who = callers.get(role) ?? nobody
      for (const route of routes.filter(({ path }) => path !== '/desk/sign-out')) {
        const row = rows.get(`${route.method.toUpperCase()} ${route.path}`)
        const address = addressOf(route, own, world.ofOwn, world.person)
        const answer = await ask(who, route, address, some)
        const told = `${role} ${route.method} ${address}: ${answer.status}`
        assert.equal(isForbidden(answer), row?.[role] === '403', told)
        assert.ok(answer.status < 500, told)
        // a sheet is for who brought it
        const isTheirs = isForEverybody(route) || route.path.includes(':draft')
        if (!isTheirs && row?.[role] !== '403') assert.notEqual(answer.status, 404, told)
        assert.doesNotMatch(isTheirs ? '' : (answer.location ?? ''), /sign-in|second-factor/, told)
        const isAsked = answer.status === 403 && answer.text.includes(asksAgain)
        assert.equal(isAsked, row?.isFresh === true && row[role] !== '403', told)
      }
    }
  })

  test('hides what is not theirs from everybody but admins', async () => {
    for (const role of roles) {
      for (const route of routes.filter(isOfStatement)) {
        const who = callers.get(role) ?? nobody
        const address = addressOf(route, foreign, world.ofForeign)
        const { status } = await ask(who, route, address, some)
        const told = `${role} ${route.method} ${address}: ${status}`
        if (role === 'admin') assert.notEqual(status, 404, told)
        else assert.equal(status, 404, told)
      }
    }
  })

  test('sends who is not signed in to sign in, and who is half to the second factor', async () => {
    const { id } = await addPerson(site, 'coordinator')
    const link = { coordinatorId: id, seed: 'half' }
    const token = await issueSignInLink(site.ctx.db, site.ctx, link)
    const browser = await site.browser().open(`/desk/sign-in/${token}`)
    await browser.press()
    const key = String(browser.$('input[name=form_key]').first().val())
    const half = { cookie: browser.cookie, key }
    await joinAs(site, own, id, 'coordinator')
    for (const route of routes.filter(({ needs }) => needs !== 'visitor')) {
      const address = addressOf(route, own, world.ofOwn, world.person)
      const out = await ask(nobody, route, address)
      assert.deepEqual([out.status, out.location?.split('?')[0]], [303, '/desk/sign-in'], address)
      if (route.needs === 'half') continue
      const answer = await ask(half, route, address)
      const wanted = [303, '/desk/second-factor']
      assert.deepEqual([answer.status, answer.location?.split('?')[0]], wanted, address)
    }
  })
})
