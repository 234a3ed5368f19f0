// A statement with a coordinator at the desk who invites.
import assert from 'node:assert/strict'
import { type DeskPerson, joinAs, postAs, signIn } from '../support/desk.ts'
import { invitationIn } from '../support/invitations.ts'
import { openSite, type SiteOptions, type TestSite } from '../support/site.ts'

export interface Campaign {
  site: TestSite
  slug: string
  anna: DeskPerson
  /** the page of the desk */
  path: string
}

export async function openCampaign(options: SiteOptions = {}): Promise<Campaign> {
  const site = await openSite(options)
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  const anna = await signIn(site, 'coordinator')
  await joinAs(site, slug, anna.id, 'coordinator')
  return { site, slug, anna, path: `/desk/statements/${slug}/invitations` }
}

export const ten = Array.from({ length: 10 }, (_, n) => ({
  name: `Invited Network ${n + 1}`,
  email: `office@invited-${n + 1}.example`,
}))

export const emailOf = (n: number): string => ten[n]?.email ?? ''

/** Invites at the desk by pasting, and lets the mails go. */
export async function paste(campaign: Campaign, rows: string, language = 'en'): Promise<Response> {
  const { site, anna, path } = campaign
  const response = await postAs(site, anna, path, { rows, language })
  await site.deliverMail()
  return response
}

export async function inviteTen(campaign: Campaign): Promise<void> {
  const rows = ten.map(({ name, email }) => `${name}\t${email}\tContact Person\tfr\tKE`).join('\n')
  const response = await paste(campaign, rows)
  assert.equal(response.status, 303, await response.text())
}

/** Somebody else of the team (sessions end after a while) reminds all that have not answered. */
export async function remindAll({ site, slug, path }: Campaign): Promise<void> {
  const ben = await signIn(site, 'coordinator')
  await joinAs(site, slug, ben.id, 'coordinator')
  await site.deliverMail()
  site.inbox.clear()
  const response = await postAs(site, ben, path, { remind: 'all' })
  assert.match(response.headers.get('location') ?? '', /reminded=1/)
  await site.deliverMail()
}

/** The path of the personal page of one who was invited. */
export async function linkOf({ site }: Campaign, email: string): Promise<string> {
  return invitationIn(await site.inbox.waitFor(email))
}

/** What the desk shows beside an organisation. */
export async function answerOf({ anna, path }: Campaign, name: string): Promise<string> {
  const { browser } = anna
  await browser.open(path)
  const row = browser
    .$('tbody tr')
    .filter((_, tr) => browser.$(tr).find('th').text().trim() === name)
  assert.equal(row.length, 1, `${name} is on the page`)
  return row.find('td').eq(2).text().trim()
}
