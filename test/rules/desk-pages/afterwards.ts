// What comes late in a campaign: a new text, decisions to be taken back, mails that came back, files.
import assert from 'node:assert/strict'
import { attachFile } from '../../../src/deliveries/files.ts'
import { confirm } from '../../../src/endorsements/confirm.ts'
import { reportEntry } from '../../../src/reports/report-entry.ts'
import { cancelSending } from '../../../src/updates/send-update.ts'
import { type DeskPerson, send } from '../../support/desk.ts'
import { publishNewText, reviewText } from '../../support/new-text.ts'
import type { TestSite } from '../../support/site.ts'
import { publishUpdate, statementOf } from '../../updates/campaign.ts'

/** Signed in time and confirmed when the grace period is over. */
export async function confirmLate(site: TestSite, token: string): Promise<void> {
  assert.equal((await confirm(site.ctx, token)).outcome, 'confirmed')
}

/** Some stand behind an earlier text now, and the next one is ready. */
export async function giveNewText(site: TestSite, slug: string): Promise<void> {
  await publishNewText(site, slug, 'We also ask for money.')
  await reviewText(site, slug, 'en', 'And for time.')
}

/** One pair is told apart and one merged. */
export async function decidePairs(site: TestSite, { browser }: DeskPerson, slug: string) {
  const path = `/desk/statements/${slug}/duplicates`
  for (const decision of ['neither', 'merge']) {
    await browser.open(path)
    const inputs = browser.$('#pairs form').first().find('input').toArray()
    const typed = Object.fromEntries(
      inputs.map((input) => [input.attribs['name'] ?? '', input.attribs['value'] ?? '']),
    )
    const keep = decision === 'merge' ? (typed['first'] ?? '') : decision
    assert.equal((await send(site, path, browser.cookie, { ...typed, keep })).status, 303)
  }
}

/** The mail of one invitation came back, and reminders are rarer than usual. */
export async function waitForAnswers(site: TestSite, { browser }: DeskPerson, slug: string) {
  const { db, clock } = site.ctx
  const unanswered = db.selectFrom('invitations').select('id').where('state', '=', 'invited')
  const { id } = await unanswered.executeTakeFirstOrThrow()
  const bounced_at = clock.now().toISOString()
  await db.updateTable('invitations').set({ bounced_at }).where('id', '=', id).execute()
  await browser.open(`/desk/statements/${slug}/invitations`)
  await browser.fill({ most: '1' }).press('rules=yes')
  assert.equal(browser.status, 200)
}

/** @returns the id of an update of which nothing has gone out */
export async function cancelUpdate(site: TestSite, slug: string): Promise<string> {
  const id = await publishUpdate(site, slug)
  assert.ok(await cancelSending(site.ctx, { slug }, id, 'test'))
  return id
}

/** @returns the id of the entry */
export async function attachLetter(site: TestSite, slug: string): Promise<string> {
  const statement = await statementOf(site, slug)
  const { id: deliveryId } = await site.ctx.db
    .selectFrom('deliveries')
    .select('id')
    .where('statement_id', '=', statement.id)
    .where('kind', '=', 'answered')
    .executeTakeFirstOrThrow()
  const name = `The minister’s answer, ${'signed and stamped '.repeat(4)}رد.pdf`
  const file = { name, type: 'application/pdf', bytes: Buffer.alloc(120_000) }
  assert.equal(
    await attachFile(site.ctx, statement, { deliveryId, file, actor: 'test' }),
    'attached',
  )
  return deliveryId
}

/** Besides the code; no device answers for it. */
export async function addPasskeyTo(site: TestSite, { id }: DeskPerson): Promise<void> {
  await site.ctx.db
    .insertInto('passkeys')
    .values({
      id: 'a-passkey',
      coordinator_id: id,
      public_key: '',
      counter: 0,
      transports: '',
      name: 'My <phone>',
      created_at: site.clock.now().toISOString(),
    })
    .execute()
}

/** One entry by many, another without words. */
export async function reportSome(site: TestSite, slug: string): Promise<void> {
  const { ctx } = site
  const statement = await statementOf(site, slug)
  const words = 'Their office knows nothing of it.\nاتصلنا بهم.'
  const typed = { reason: 'not-this-organisation', words, isTrapped: false } as const
  for (let n = 0; n < 12; n += 1) await reportEntry(ctx, statement, 1, typed)
  await reportEntry(ctx, statement, 2, { ...typed, reason: 'no-consent', words: '' })
}
