import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findStatement } from '../../src/statements/find-statement.ts'
import { beginSending, pauseSending, sendUpdates } from '../../src/updates/send-update.ts'
import { markOf } from '../../src/updates/update.ts'
import { findUpdateOf, saveText } from '../../src/updates/write-update.ts'
import { signIn } from '../support/desk.ts'
import { rowsByTable } from '../support/dump.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { type Answers, post, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type SiteOptions } from '../support/site.ts'
import { aMinute, english, publishUpdate, spanish, stateOf, writeUpdate } from './campaign.ts'

const updates = 'yes'

async function openCampaign(options: SiteOptions = {}) {
  const site = await openSite({ env: { LIMITS: 'off' }, ...options })
  return { site, slug: await site.publish('naloxone-within-reach', { discreet: false }) }
}

const addressOf = (answers: Answers) => answers['email'] ?? ''

describe('an update', () => {
  test('reaches who asked for it and has confirmed, and nobody else', async () => {
    const { site, slug } = await openCampaign()
    const wanting = somebody({ updates })
    await signAndConfirm(site, slug, wanting)
    await signAndConfirm(site, slug, somebody())
    await signAndGetLink(site, slug, somebody({ updates }))
    await signAndConfirm(site, slug, somebody({ updates, visibility: 'confidential' }))
    const left = await signAndConfirm(site, slug, somebody({ updates }))
    await post(site, left, { decision: 'withdraw' })
    await site.deliverMail()
    site.inbox.clear()
    await publishUpdate(site, slug)
    await aMinute(site)
    assert.deepEqual(
      site.inbox.mails.map(({ recipients, subject }) => [recipients, subject]),
      [[[addressOf(wanting)], english.title]],
    )
  })

  test('comes in the endorser’s language, else in the main one of the statement', async () => {
    const { site, slug } = await openCampaign()
    const [ana, fatou] = [somebody({ updates }), somebody({ updates })]
    await signAndConfirm(site, slug, ana, 'es')
    await signAndConfirm(site, slug, fatou, 'fr')
    site.inbox.clear()
    await publishUpdate(site, slug, [english, spanish])
    await aMinute(site)
    const [spanishMail] = site.inbox.matching(addressOf(ana))
    assert.equal(spanishMail?.subject, spanish.title)
    assert.match(spanishMail.text, /Nos \*\*escuchó\*\*\./)
    assert.match(spanishMail.html, /Nos <strong>escuchó<\/strong>\./)
    assert.match(spanishMail.text, /\/es\/unsubscribe\//)
    const [frenchMail] = site.inbox.matching(addressOf(fatou))
    assert.equal(frenchMail?.subject, english.title)
    assert.match(frenchMail.text, /Bonjour/)
    assert.match(frenchMail.html, /<div lang="en" dir="ltr">/)
  })

  test('keeps its title out of the subject of a discreet statement', async () => {
    const site = await openSite({ env: { LIMITS: 'off' } })
    const slug = await site.publish('naloxone-within-reach', { discreet: true })
    const wanting = somebody({ updates })
    await signAndConfirm(site, slug, wanting)
    site.inbox.clear()
    await publishUpdate(site, slug)
    await aMinute(site)
    const [mail] = site.inbox.matching(addressOf(wanting))
    assert.ok(mail)
    assert.doesNotMatch(mail.subject, /minister/)
  })

  test('comes once to a mailbox that signed for an organisation and as a person', async () => {
    const { site, slug } = await openCampaign()
    const person = somebody({ updates })
    await signAndConfirm(site, slug, person)
    const email = addressOf(person)
    site.inbox.clear()
    await signAndConfirm(site, slug, someOrganisation({ updates, email }))
    site.inbox.clear()
    await publishUpdate(site, slug)
    await aMinute(site)
    await aMinute(site)
    assert.equal(site.inbox.matching(email).length, 1)
  })

  test('keeps nobody once all is sent, only how many', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, somebody({ updates }))
    const id = await publishUpdate(site, slug)
    await aMinute(site)
    assert.equal((await rowsByTable(site))['update_recipients']?.length, 1)
    await aMinute(site)
    assert.equal((await rowsByTable(site))['update_recipients']?.length, 0)
    const done = { state: 'sent', mails_sent: 1, mails_failed: 0, mails_dropped: 0 }
    assert.deepEqual(await stateOf(site, id), done)
  })

  test('that is paused sends nothing until it goes on', async () => {
    const { site, slug } = await openCampaign()
    const wanting = somebody({ updates })
    await signAndConfirm(site, slug, wanting)
    site.inbox.clear()
    const id = await publishUpdate(site, slug)
    await sendUpdates(site.ctx)
    const actor = 'test'
    assert.ok(await pauseSending(site.ctx, { slug }, id, { isPaused: true, actor }))
    for (let minute = 0; minute < 12; minute += 1) await aMinute(site)
    assert.equal(site.inbox.mails.length, 0)
    assert.ok(await pauseSending(site.ctx, { slug }, id, { isPaused: false, actor }))
    for (let minute = 0; minute < 6; minute += 1) await aMinute(site)
    assert.equal(site.inbox.matching(addressOf(wanting)).length, 1)
    assert.equal((await stateOf(site, id))?.state, 'sent')
  })

  test('that is cancelled sends nothing more, and is not public any more', async () => {
    const { site, slug } = await openCampaign()
    const person = somebody({ updates })
    await signAndConfirm(site, slug, person)
    site.inbox.clear()
    const id = await publishUpdate(site, slug)
    await sendUpdates(site.ctx)
    const { browser } = await signIn(site, 'admin')
    await browser.open(`/desk/statements/${slug}/updates/${id}`)
    await browser.press('Cancel it')
    assert.match(browser.text('main'), /No more mails go out/)
    for (let minute = 0; minute < 3; minute += 1) await aMinute(site)
    assert.deepEqual(site.inbox.matching(addressOf(person)), [])
    assert.deepEqual(await stateOf(site, id), {
      state: 'cancelled',
      mails_sent: 0,
      mails_failed: 0,
      mails_dropped: 1,
    })
    const visitor = await site.visitor().open(`/statements/${slug}`)
    assert.doesNotMatch(visitor.text('main'), new RegExp(english.title))
  })

  test('that two people send at the same moment is sent once', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, somebody({ updates }))
    const id = await writeUpdate(site, slug)
    const statement = await findStatement(site.ctx.db, slug)
    const update = statement && (await findUpdateOf(site.ctx, statement, id))
    assert.ok(statement && update)
    const seen = markOf(update)
    const both = ['anna', 'ben'].map((actor) =>
      beginSending(site.ctx, statement, update, { seen, actor }),
    )
    assert.deepEqual((await Promise.all(both)).toSorted(), ['already-sent', 'sending'])
    site.inbox.clear()
    await Promise.all([sendUpdates(site.ctx), sendUpdates(site.ctx)])
    await aMinute(site)
    assert.equal(site.inbox.mails.length, 1)
  })

  test('cannot be changed once it is sent, nor by two at once without the second being told', async () => {
    const { site, slug } = await openCampaign()
    const id = await writeUpdate(site, slug)
    const change = { ...english, body: 'Changed.', revision: 1 }
    const both = [saveText(site.ctx, id, change), saveText(site.ctx, id, change)]
    assert.deepEqual((await Promise.all(both)).toSorted(), ['changed', 'saved'])
    const sent = await publishUpdate(site, slug)
    assert.equal(await saveText(site.ctx, sent, change), 'sent')
  })
})
