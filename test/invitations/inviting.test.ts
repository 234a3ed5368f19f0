import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eraseSubject, exportSubject } from '../../src/endorsements/subject.ts'
import { translator } from '../../src/languages/languages.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { joinAs, keyOf, send } from '../support/desk.ts'
import { dumpOf } from '../support/dump.ts'
import { stopIn } from '../support/invitations.ts'
import { publishNewText } from '../support/new-text.ts'
import { harbour, jose } from '../support/people.ts'
import { counts, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import {
  answerOf,
  emailOf,
  inviteTen,
  linkOf,
  openCampaign,
  paste,
  remindAll,
  ten,
} from './campaign.ts'

const nameOf = (email = '') => `Of ${email.slice(2, 3)}`
const endorse = { decision: 'endorse', authorised: 'yes', consent: 'yes' }

describe('ten are invited, two endorse, one reserves, one declines', () => {
  test('reminders reach only the others, and at most twice', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await inviteTen(campaign)
    assert.equal(site.inbox.mails.length, 10)
    for (const n of [0, 1]) {
      const page = await site.visitor().open(await linkOf(campaign, emailOf(n)))
      await page.tick('authorised', 'consent').press('decision=endorse')
      assert.equal(page.status, 200)
      assert.match(page.text('h1'), /Merci/)
    }
    const later = await site.visitor().open(await linkOf(campaign, emailOf(2)))
    await later.fill({ until: '2026-11-28' }).press('decision=reserve')
    assert.equal(later.status, 200)
    const declining = await site.visitor().open(await linkOf(campaign, emailOf(3)))
    await declining.press('decision=decline')

    assert.equal(await answerOf(campaign, ten[0]?.name ?? ''), 'Endorsed')
    assert.match(await answerOf(campaign, ten[2]?.name ?? ''), /^Decides later.*28 November 2026/)
    assert.equal(await answerOf(campaign, ten[3]?.name ?? ''), 'Declined')
    assert.equal(await answerOf(campaign, ten[4]?.name ?? ''), 'No answer')

    await site.deliverMail()
    const written = async () => {
      await remindAll(campaign)
      const own = site.inbox.mails.flatMap(({ recipients }) => recipients)
      return own.filter((each) => each.includes('invited-')).toSorted()
    }
    assert.deepEqual(await written(), [], 'too soon after the invitation')
    const others = ten.slice(4).map(({ email }) => email)
    site.clock.advance({ days: 3 })
    assert.deepEqual(await written(), others.toSorted())
    assert.deepEqual(await written(), [], 'pressed again')
    site.clock.advance({ days: 5 })
    const withLate = [...others, emailOf(2)]
    assert.deepEqual(await written(), withLate.toSorted(), 'the day of who decides later is over')
    site.clock.advance({ days: 1 })
    assert.deepEqual(await written(), [])
  })

  test('those who have not answered are reminded by themselves before the statement closes', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await inviteTen(campaign)
    site.inbox.clear()
    site.clock.set('2026-12-01T11:59:00.000Z')
    await site.tidy()
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 0)
    site.clock.advance({ minutes: 2 })
    await site.tidy()
    await site.tidy()
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 10)
  })
})

describe('endorsing by the link', () => {
  test('counts at once, is verified, and sends the private link to the mailbox', async () => {
    const campaign = await openCampaign()
    const { site, slug } = campaign
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const link = await linkOf(campaign, 'amina@hhra.example')
    const page = await site.visitor().open(link)
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.match(page.text(), /Harbour Alliance/)
    assert.doesNotMatch(
      page.html,
      /amina@hhra/,
      'the address is masked for who was sent the link on',
    )
    assert.equal(page.$('input[type=checkbox][checked]').length, 0, 'nothing is ticked')
    await page.press('decision=endorse')
    assert.equal(page.status, 422)
    site.inbox.clear()
    page.fill({ website: 'https://hhra.example' }).tick('authorised', 'consent')
    await page.press('decision=endorse')
    assert.equal(page.status, 200)
    const { total } = (await (
      await fetch(`${site.address}/statements/${slug}/count.json`)
    ).json()) as { total: number }
    assert.equal(total, 1)
    const rows = await site.ctx.db.selectFrom('endorsements').selectAll().execute()
    assert.deepEqual(
      rows.map(({ state, verification }) => ({ state, verification })),
      [{ state: 'confirmed', verification: 'domain' }],
    )
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 1)
    assert.match(site.inbox.mails[0]?.text ?? '', /\/endorsement\//)
    assert.doesNotMatch(page.html, /\/endorsement\/[\w-]{20}/)
  })

  test('twenty times at the same moment adds one', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const link = await linkOf(campaign, 'amina@hhra.example')
    const all = { ...endorse, name: 'Harbour Alliance', country: 'KE', contact_name: 'Amina' }
    await Promise.all(Array.from({ length: 20 }, () => post(site, link, all)))
    const rows = await site.ctx.db.selectFrom('endorsements').select('state').execute()
    assert.deepEqual(rows, [{ state: 'confirmed' }])
  })

  test('that was sent on to somebody else goes by a mail to their own address', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const link = await linkOf(campaign, 'amina@hhra.example')
    const page = await site.visitor().open(link)
    page.fill({ email: 'ben@elsewhere.example' }).tick('authorised', 'consent')
    await page.press('decision=endorse')
    assert.match(page.text('h1'), /inbox/)
    assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'No answer')
    await site.deliverMail()
    const mail = await site.inbox.waitFor('ben@elsewhere.example')
    const confirm = new URL(/https?:\/\/\S+\/confirm\/[\w-]+/.exec(mail.text)?.[0] ?? '').pathname
    assert.equal((await post(site, confirm, { decision: 'confirm' })).status, 303)
    assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'Endorsed')
  })

  test('confidentially looks to coordinators as if nothing was answered, and no reminder follows', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const link = await linkOf(campaign, 'amina@hhra.example')
    const fields = { name: 'Harbour Alliance', country: 'KE', contact_name: 'Amina' }
    const answer = await post(site, link, { ...endorse, ...fields, visibility: 'confidential' })
    assert.equal(answer.status, 303)
    assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'No answer')
    await site.deliverMail()
    site.clock.advance({ days: 4 })
    await remindAll(campaign)
    assert.deepEqual(site.inbox.matching('amina@hhra.example'), [])
  })

  test('is over when the statement is closed, and a guessed link is unknown', async () => {
    const campaign = await openCampaign()
    const { site, slug } = campaign
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const link = await linkOf(campaign, 'amina@hhra.example')
    const guessed = `/statements/${slug}/invitation/AAAAAAAAAAAAAAAAAAAAAA`
    assert.equal((await fetch(site.address + guessed)).status, 404)
    const other = await site.publish('community-monitoring-submission')
    const elsewhere = link.replace(slug, other)
    assert.equal((await fetch(site.address + elsewhere)).status, 404)
    site.clock.set('2026-12-04T12:00:00.000Z')
    assert.equal((await fetch(site.address + link)).status, 410)
    assert.equal((await post(site, link, { ...endorse, ...harbour })).status, 410)
  })
})

describe('who is written to', () => {
  test('the same mailbox once, however often and however it is written', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await paste(campaign, 'One Network, one.network@gmail.com\nOne Network, onenetwork+x@gmail.com')
    const again = await paste(campaign, 'One Network\tONE.network@gmail.com')
    assert.match(again.headers.get('location') ?? '', /known=1/)
    assert.equal(site.inbox.mails.length, 1)
  })

  test('not who endorsed, withdrew, said “this wasn’t me”, or has signed and not confirmed', async () => {
    const campaign = await openCampaign()
    const { site, slug } = campaign
    const of = (email: string) => ({ ...harbour, name: nameOf(email), email })
    const [known, gone, denied, pending] = ['a', 'b', 'c', 'd'].map((one) => `x@${one}.example`)
    await signAndConfirm(site, slug, of(known ?? ''))
    const own = await signAndConfirm(site, slug, of(gone ?? ''))
    await post(site, own, { decision: 'withdraw' })
    const link = await signAndGetLink(site, slug, of(denied ?? ''))
    await post(site, link, { decision: 'not-me' })
    await sign(site, slug, of(pending ?? ''))
    await site.deliverMail()
    site.inbox.clear()
    const lines = [known, gone, denied, pending].map((email) => `${nameOf(email)}, ${email}`)
    const done = await paste(campaign, lines.join('\n'))
    assert.match(done.headers.get('location') ?? '', /endorsed=1/)
    assert.deepEqual(site.inbox.mails, [])
    assert.equal(await answerOf(campaign, nameOf(known)), 'Endorsed')
    assert.equal(await answerOf(campaign, nameOf(denied)), 'No answer')
  })

  test('who endorses by the form for everyone has answered', async () => {
    const campaign = await openCampaign()
    const { site, slug } = campaign
    await paste(campaign, `Harbour Alliance, ${harbour['email']}\nSomebody, ${jose['email']}`)
    site.inbox.clear()
    await signAndConfirm(site, slug, harbour)
    await signAndConfirm(site, slug, jose)
    assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'Endorsed')
    assert.equal(await answerOf(campaign, 'Somebody'), 'No answer', 'an individual is another')
  })

  test('nobody before the statement is public', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await site.ctx.db.updateTable('statements').set({ state: 'draft', opens_at: null }).execute()
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>')
    assert.equal(site.inbox.mails.length, 0)
    await site.ctx.db.updateTable('statements').set({ state: 'open' }).execute()
    site.clock.advance({ minutes: 11 })
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 1)
  })

  test('each in their own language, with one link and no title where the statement is discreet', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await site.ctx.db.updateTable('statements').set({ discreet: 1 }).execute()
    const codes = ['en', 'es', 'fr', 'ru', 'ar']
    await paste(
      campaign,
      codes.map((code) => `Net ${code}\t${code}@net.example\t${code}`).join('\n'),
    )
    for (const code of codes) {
      const mail = await site.inbox.waitFor(`${code}@net.example`)
      const t = translator(code)
      const subject = t('mail.invitation.discreet-subject', { site: site.config.siteName })
      assert.equal(mail.subject, subject)
      assert.equal(mail.headers.get('content-language'), code)
      assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
      assert.ok(mail.text.includes(t('mail.invitation.action')))
      const prefix = code === 'en' ? '' : `/${code}`
      assert.match(mail.text, new RegExp(`${site.address}${prefix}/statements/\\S+/invitation/`))
    }
  })
})

describe('no more invitations', () => {
  test('by one POST without a page or a cookie, and only invitations', async () => {
    const campaign = await openCampaign()
    const { site, slug } = campaign
    await paste(campaign, `Harbour Alliance <${harbour['email']}>`)
    const mail = await site.inbox.waitFor(harbour['email'] ?? '')
    assert.equal(mail.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    const stop = stopIn(mail)
    assert.equal(mail.headers.get('list-unsubscribe'), `<${site.address}${stop}>`)
    const looked = await site.visitor().open(stop)
    assert.equal(looked.status, 200)
    assert.equal(
      await answerOf(campaign, 'Harbour Alliance'),
      'No answer',
      'looking changes nothing',
    )
    assert.equal((await post(site, stop, { 'List-Unsubscribe': 'One-Click' })).status, 200)
    assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'Declined')
    assert.equal((await post(site, '/invitations/stop/guessed', {})).status, 404)

    site.inbox.clear()
    const other = await site.publish('community-monitoring-submission')
    await joinAs(site, other, campaign.anna.id, 'coordinator')
    const path = `/desk/statements/${other}/invitations`
    const again = await paste({ ...campaign, path }, `Harbour Alliance <${harbour['email']}>`)
    assert.match(again.headers.get('location') ?? '', /refused=1/)
    assert.deepEqual(site.inbox.mails, [])
    await signAndConfirm(site, slug, harbour)
    assert.ok(site.inbox.mails.length > 0, 'mails about endorsing are still sent')
  })
})

test('a mail that waits for another statement is not sent to who has stopped invitations', async () => {
  const campaign = await openCampaign()
  const { site, anna } = campaign
  await paste(campaign, 'Harbour Alliance <amina@hhra.example>')
  const stop = stopIn(await site.inbox.waitFor('amina@hhra.example'))
  const other = await site.publish('community-monitoring-submission')
  await joinAs(site, other, anna.id, 'coordinator')
  const set = (state: 'draft' | 'open') =>
    site.ctx.db
      .updateTable('statements')
      .set({ state, opens_at: null })
      .where('slug', '=', other)
      .execute()
  await set('draft')
  const path = `/desk/statements/${other}/invitations`
  await paste({ ...campaign, path }, 'Harbour Alliance <amina@hhra.example>')
  await post(site, stop, {})
  await set('open')
  site.clock.advance({ minutes: 11 })
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1)
})

test('who becomes confidential later looks as if nothing was answered', async () => {
  const campaign = await openCampaign()
  const { site, slug } = campaign
  await paste(campaign, `Harbour Alliance <${harbour['email']}>`)
  site.inbox.clear()
  const own = await signAndConfirm(site, slug, harbour)
  assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'Endorsed')
  await post(site, own, { ...harbour, visibility: 'confidential', decision: 'save' })
  assert.equal(await answerOf(campaign, 'Harbour Alliance'), 'No answer')
  const rows = await site.ctx.db.selectFrom('invitations').select('endorsement_id').execute()
  assert.deepEqual(rows, [{ endorsement_id: null }])
})

describe('what is kept', () => {
  test('is handed over and erased with everything else about a mailbox', async () => {
    const campaign = await openCampaign()
    const { ctx } = campaign.site
    await paste(campaign, 'Harbour Alliance <amina@hhra.example>, Amina, KE')
    const address = parseEmailAddress('Amina@HHRA.example')
    assert.ok(address.ok)
    const [invitation] = (await exportSubject(ctx, address.value)).invitations
    assert.equal(invitation?.contactName, 'Amina')
    await eraseSubject(ctx, address.value, 'test')
    assert.deepEqual((await exportSubject(ctx, address.value)).invitations, [])
  })

  test('no name, address or contact person in clear, and nothing 30 days after closing', async () => {
    const campaign = await openCampaign()
    const { site } = campaign
    await paste(campaign, 'Quolvabrint Network <xqcontact@quolva.example>, Ferrowil Person, KE')
    const dump = await dumpOf(site)
    assert.doesNotMatch(dump, /Quolva|xqcontact|Ferrowil/i)
    const count = async () =>
      (await site.ctx.db.selectFrom('invitations').selectAll().execute()).length
    site.clock.set('2027-01-03T11:59:00.000Z')
    await site.tidy()
    assert.equal(await count(), 1)
    site.clock.advance({ minutes: 2 })
    await site.tidy()
    assert.equal(await count(), 0)
  })
})

test('a text that changed since the page was opened is read before it is endorsed', async () => {
  const campaign = await openCampaign()
  const { site, slug } = campaign
  await signAndConfirm(site, slug, harbour)
  await paste(campaign, 'Noon Circle <office@noon.example>, Nora, KE')
  const page = await site.visitor().open(await linkOf(campaign, 'office@noon.example'))
  page.tick('authorised', 'consent')
  await publishNewText(site, slug, 'And we ask for more time.')
  await page.press('decision=endorse')
  assert.equal(page.status, 422)
  assert.match(page.text('.faults'), /The text has changed/)
  assert.equal((await counts(site, slug))['total'], 1)
  await page.press('decision=endorse')
  assert.equal(page.status, 200)
  assert.equal((await counts(site, slug))['total'], 2)
})

test('one list that is sent twice at the same moment invites everybody once', async () => {
  const campaign = await openCampaign()
  const { site, anna, path } = campaign
  const form_key = await keyOf(anna)
  const rows = ten.map(({ name, email }) => `${name}\t${email}\tContact Person\tfr\tKE`).join('\n')
  const press = () => send(site, path, anna.browser.cookie, { form_key, rows, language: 'en' })
  const answers = await Promise.all([press(), press()])
  assert.ok(answers.every(({ status }) => status === 303 || status === 422))
  await site.deliverMail()
  assert.deepEqual(
    site.inbox.mails.flatMap(({ recipients }) => recipients).toSorted(),
    ten.map(({ email }) => email).toSorted(),
  )
})
