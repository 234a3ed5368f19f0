// The way of one person through the site, each page of which another process may answer: reads, signs,
// opens the mail, confirms, is on the list, withdraws, and is gone from it.
import assert from 'node:assert/strict'
import { translator } from '../../src/languages/languages.ts'
import type { Inbox } from './inbox.ts'
import { linkIn } from './signing.ts'
import { until } from './until.ts'
import { Visitor } from './visitor.ts'

const t = translator('en')
const name = 'Wanjiru Behind-the-Balancer'
const email = 'wanjiru@members.example'

/** @param deliver lets the mail go, where no worker runs by itself */
export async function tellStory(
  address: string,
  slug: string,
  inbox: Inbox,
  deliver: () => Promise<void> = async () => undefined,
): Promise<void> {
  const wanjiru = await new Visitor(address).open(`/statements/${slug}`)
  await wanjiru.follow(t('endorse.individual'))
  wanjiru.fill({ name, country: 'KE', email }).choose('visibility', 'listed').tick('consent')
  await wanjiru.press(t('form.continue'))
  await wanjiru.press(t('check.send'))
  assert.match(wanjiru.url, /check-your-inbox$/)
  await deliver()
  await wanjiru.open(linkIn(await inbox.waitFor(email), 'confirm'))
  await wanjiru.press('decision=confirm')
  const own = wanjiru.url
  assert.match(own, /\/endorsement\//)
  const list = `${address}/statements/${slug}/signatories`
  await until('the name is on every list', () => isListed(list, true))
  await wanjiru.open(own)
  await wanjiru.press('decision=withdraw')
  assert.equal(wanjiru.status, 200)
  await until('the name is on no list', () => isListed(list, false))
}

/** Asked several times, because each answer comes from another process. */
async function isListed(list: string, wanted: boolean): Promise<boolean> {
  const ask = async () => (await fetch(list)).text()
  const pages = await Promise.all(Array.from({ length: 6 }, ask))
  return pages.every((page) => page.includes(name) === wanted)
}
