// Protected names (issue: held for review, never refused): what counts as using one, and what follows.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isProtectedName } from '../../src/abuse/protected.ts'
import { changeProtectedNames, listProtectedNames } from '../../src/abuse/protect-names.ts'
import { verifyLog } from '../../src/audit/audit.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, someOrganisation, somebody } from '../support/people.ts'
import { counts, listed, post, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const uses = (name: string, names: string[], acronym: string | null = null) =>
  isProtectedName({ name, acronym }, names)

describe('a protected name', () => {
  const imitations: [typed: string, name: string][] = [
    ['Meridian Network', 'Meridian Network'],
    ['meridian  NETWORK', 'Meridian Network'],
    ['Friends of the Meridian Network, Nairobi', 'Meridian Network'],
    ['Mеridiаn Nеtwоrk', 'Meridian Network'],
    ['Meridian Netvvork', 'Meridian Network'],
    ['Meridian Nétwörk', 'Meridian Network'],
    ['Ｍｅｒｉｄｉａｎ Network', 'Meridian Network'],
    ['lNPUD', 'INPUD'],
    ['1NPUD', 'INPUD'],
    ['I.N.P.U.D.', 'INPUD'],
    ['INPUD Europe', 'INPUD'],
    ['WHO', 'WHO'],
    ['WH0 Geneva', 'WHO'],
    ['МВД России', 'МВД'],
  ]
  for (const [typed, name] of imitations) {
    test(`${name} is used by ${typed}`, () => assert.ok(uses(typed, [name])))
  }

  const others: [typed: string, name: string][] = [
    ['Meridian Harbour Network', 'Meridian Network'],
    ['Meridian Networks United', 'Meridian Network'],
    ['People who use drugs', 'WHO'],
    ['PEOPLE WHO USE DRUGS', 'WHO'],
    ['Whole Health', 'WHO'],
    ['Inputs and Outputs', 'INPUD'],
  ]
  for (const [typed, name] of others) {
    test(`${name} is not used by ${typed}`, () => assert.ok(!uses(typed, [name])))
  }

  test('counts as an acronym too', () => {
    assert.ok(uses('Something Else', ['MNPUD'], 'MNPUD'))
    assert.ok(!uses('Something Else', ['MNPUD'], 'SE'))
  })
})

/** Signs and confirms; tells in which state it is and which flags it got. */
async function signed(site: TestSite, slug: string, answers: Record<string, string>) {
  site.inbox.clear()
  await signAndConfirm(site, slug, answers)
  const { endorsements = [] } = await rowsByTable(site)
  const row = endorsements.at(-1)
  return { state: row?.['state'], flags: JSON.parse(String(row?.['flags'])) as string[] }
}

test('who uses a protected name meets the same pages and waits; everyone else is counted', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await changeProtectedNames(site.ctx, slug, { add: ['Clinic of Hope'], remove: [] }, 'test')
  await changeProtectedNames(site.ctx, null, { add: ['World Body'], remove: [] }, 'test')
  const held = { state: 'held', flags: ['protected-name'] }
  assert.deepEqual(await signed(site, slug, someOrganisation({ name: 'The Clinic of Hope' })), held)
  assert.deepEqual(await signed(site, slug, someOrganisation({ name: 'WorId Body' })), held)
  assert.deepEqual(await signed(site, slug, somebody({ name: 'World Body' })), held)
  assert.equal((await counts(site, slug))['total'], 0)
  assert.deepEqual(await listed(site, slug), [])
  assert.equal((await signed(site, slug, harbour)).state, 'confirmed')
})

test('who takes a protected name later waits too', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await changeProtectedNames(site.ctx, slug, { add: ['MNPUD'], remove: [] }, 'test')
  const path = await signAndConfirm(site, slug, someOrganisation())
  assert.equal((await counts(site, slug))['total'], 1)
  const change = { ...someOrganisation({ name: 'Quiet Name' }), acronym: 'MNPUD', decision: 'save' }
  assert.equal((await post(site, path, change)).status, 303)
  assert.equal((await counts(site, slug))['total'], 0)
})

test('no correction takes the signs of abuse away', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const answers = { ...somebody(), fax_number: '555' }
  const path = await signAndConfirm(site, slug, answers)
  await post(site, path, { ...answers, name: 'Another Name', decision: 'save' })
  const { endorsements = [] } = await rowsByTable(site)
  assert.deepEqual(
    endorsements.map(({ state, flags }) => [state, flags]),
    [['suspect', '["honeypot"]']],
  )
})

test('the lists are kept apart, hold no name twice, and their changes are in the audit log', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const change = (where: string | null, add: string[], remove: string[] = []) =>
    changeProtectedNames(site.ctx, where, { add, remove }, 'test')
  assert.deepEqual(await change(slug, ['Beta', 'Alpha', 'ALPHA']), ['ALPHA', 'Beta'])
  assert.deepEqual(await change(slug, ['Gamma'], ['béta']), ['ALPHA', 'Gamma'])
  assert.deepEqual(await change(null, ['Delta']), ['Delta'])
  assert.equal(await change('nowhere', ['Delta']), null)
  assert.deepEqual(await listProtectedNames(site.ctx, slug), ['ALPHA', 'Gamma'])
  assert.deepEqual(await listProtectedNames(site.ctx, null), ['Delta'])
  await site.publish()
  assert.deepEqual(
    await listProtectedNames(site.ctx, slug),
    ['ALPHA', 'Gamma'],
    'an import keeps them',
  )
  assert.equal((await verifyLog(site.ctx.db)).ok, true)
  const { audit_log: log = [] } = await rowsByTable(site)
  const changes = log.filter(({ action }) => action === 'protected names changed')
  assert.equal(changes.length, 3)
  assert.doesNotMatch(JSON.stringify(log), /alpha|beta|gamma|delta/i)
})
