// undersigned pause | resume: what the operator reads, and that the running site obeys.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pauseSigning } from '../../src/statements/pause.ts'
import { openShell } from '../support/command.ts'
import { somebody } from '../support/people.ts'
import { counts, sign } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

const hour = 3_600_000

async function openDesk(now = new Date()) {
  const site = await openSite({ now: now.toISOString() })
  const closesAt = { instant: new Date(Date.now() + 24 * hour).toISOString(), zone: 'UTC' }
  const slug = await site.publish('naloxone-within-reach', { closesAt })
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const said = async (command: string) => {
    const { code, stdout, stderr } = await shell.run(...command.split(' '))
    site.clock.advance({ seconds: 1 })
    return code === 0 ? stdout : `${code}: ${stderr}`
  }
  return { site, slug, said, closesAt: closesAt.instant }
}

test('signing of one statement is paused and resumed, with its deadline moved', async () => {
  const start = Date.now() - 3 * hour
  const { site, slug, said, closesAt } = await openDesk(new Date(start))
  await pauseSigning(site.ctx, slug, 'test')
  assert.match(await said(`pause signing ${slug}`), /^Signing of ".+" is already paused\. End it/)
  const resumed = await said(`resume signing ${slug} --extend`)
  const movedTo = /^Signing of ".+" goes on\. It closes at (\S+Z)\.\n$/.exec(resumed)?.[1] ?? ''
  const moved = Date.parse(movedTo) - Date.parse(closesAt)
  assert.ok(moved >= 3 * hour && moved <= Date.now() - start, movedTo)
  assert.equal((await counts(site, slug))['closes_at'], movedTo)
  assert.match(await said(`resume signing ${slug} --extend`), /^Nothing to resume: .*\n$/)
})

test('the running site obeys a pause of the whole site, and its end', async () => {
  const { site, slug, said } = await openDesk()
  assert.match(
    await said('pause signing'),
    /^Paused for the whole site: signing\. .*\nEnd it with: /,
  )
  assert.equal((await sign(site, slug, somebody())).status, 409)
  assert.match(await said('pause writing'), /^Paused for the whole site: writing\./)
  assert.equal((await sign(site, slug, somebody())).status, 503)
  assert.match(
    await said('resume writing --extend'),
    /^Resumed: writing\. Deadlines moved .*: 1\.\n$/,
  )
  assert.equal(await said('resume signing'), 'Resumed: signing.\n')
  assert.equal((await sign(site, slug, somebody())).status, 303)
  assert.equal(await said('resume mail'), 'Nothing to resume: mail was not paused.\n')
})

test('what makes no sense is refused in one sentence', async () => {
  const { slug, said } = await openDesk()
  const refused: [command: string, told: RegExp][] = [
    ['pause signing nowhere', /^1: There is no statement "nowhere"\.\n$/],
    ['resume signing nowhere', /^1: There is no statement "nowhere"\.\n$/],
    [`pause mail ${slug}`, /^1: Only signing can be paused for one statement\.\n$/],
    ['resume mail --extend', /^1: --extend is for pauses of signing\.\n$/],
    ['pause everything', /^1: error: .*signing, writing, mail/],
  ]
  for (const [command, told] of refused) assert.match(await said(command), told, command)
})
