import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { askToReconfirm } from '../../src/endorsements/ask-to-reconfirm.ts'
import { dumpOf } from '../support/dump.ts'
import { assertValidHtml } from '../support/html.ts'
import type { Mail } from '../support/mail.ts'
import { insertMany } from '../support/many.ts'
import { publishNewText } from '../support/new-text.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { type Answers, post, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const addressOf = (answers: Answers) => answers['email'] ?? ''

async function openCampaign(discreet = false) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  return { site, slug: await site.publish('naloxone-within-reach', { discreet }) }
}

/** What happens in a minute: some mails are put into the outbox, and the worker sends them. */
async function aMinute(site: TestSite): Promise<void> {
  await askToReconfirm(site.ctx)
  site.clock.advance({ minutes: 1 })
  await site.deliverMail()
}

function questionsTo(site: TestSite, answers: Answers): Mail[] {
  return site.inbox.matching(addressOf(answers)).filter(({ text }) => text.includes('/reconfirm/'))
}

/** The path of the link in the only such mail. */
function linkTo(site: TestSite, answers: Answers): string {
  const mails = questionsTo(site, answers)
  assert.equal(mails.length, 1)
  const link = /https?:\/\/\S+\/reconfirm\/[\w-]+/.exec(mails[0]?.text ?? '')?.[0] ?? ''
  return new URL(link).pathname
}

/** Which texts are endorsed, as the database has it. */
async function textsEndorsed({ ctx }: TestSite) {
  const rows = await ctx.db
    .selectFrom('endorsements as e')
    .innerJoin('text_versions as t', 't.id', 'e.text_version_id')
    .select(['t.language', 't.number'])
    .where('e.state', '=', 'confirmed')
    .execute()
  return rows.map(({ language, number }) => `${language} ${number}`).toSorted()
}

describe('when the text of a statement says something new', () => {
  test('everyone who confirmed is asked once, in their language, and nobody else', async () => {
    const { site, slug } = await openCampaign()
    const [english, french] = [someOrganisation(), somebody()]
    const hidden = somebody({ visibility: 'confidential' })
    const [left, late] = [somebody(), somebody()]
    await signAndConfirm(site, slug, english)
    await signAndConfirm(site, slug, french, 'fr')
    await signAndConfirm(site, slug, hidden)
    await post(site, await signAndConfirm(site, slug, left), { decision: 'withdraw' })
    const pending = await signAndGetLink(site, slug, late)
    await publishNewText(site, slug, 'We ask for money.', { fr: 'De l’argent.' })
    await Promise.all([askToReconfirm(site.ctx), askToReconfirm(site.ctx)])
    for (let minute = 0; minute < 3; minute += 1) await aMinute(site)
    for (const nobody of [hidden, left, late]) assert.equal(questionsTo(site, nobody).length, 0)
    const [mail] = questionsTo(site, english)
    assert.match(mail?.subject ?? '', /^The text has changed: /)
    assert.match(mail?.text ?? '', /Now: We ask for money/)
    assert.match(questionsTo(site, french)[0]?.subject ?? '', /^Le texte a changé/)
    assert.match(linkTo(site, french), /^\/fr\/reconfirm/)
    await post(site, pending, { decision: 'confirm' })
    await aMinute(site)
    assert.equal(questionsTo(site, late).length, 1)
    assert.equal(questionsTo(site, english).length, 1)
    await aMinute(site)
    const asking = site.ctx.db.selectFrom('text_changes').select('asking').where('asking', '=', 1)
    assert.deepEqual(await asking.execute(), [])
  })

  test('who withdraws before the mail goes out gets none', async () => {
    const { site, slug } = await openCampaign()
    const ana = somebody()
    const own = await signAndConfirm(site, slug, ana)
    await publishNewText(site, slug, 'We ask for money.')
    await askToReconfirm(site.ctx)
    await post(site, own, { decision: 'withdraw' })
    await aMinute(site)
    assert.equal(questionsTo(site, ana).length, 0)
  })

  test('thousands are asked at a rate that mail servers accept', async () => {
    const { site, slug } = await openCampaign()
    await insertMany(site.ctx, slug, 700)
    await publishNewText(site, slug, 'We ask for money.')
    await askToReconfirm(site.ctx)
    await askToReconfirm(site.ctx)
    const mails = await site.ctx.db.selectFrom('outbox').select('due_at').execute()
    assert.equal(mails.length, 300)
    assert.equal(new Set(mails.map((mail) => mail.due_at)).size, 300, 'spread over the minute')
  })

  test('the mail of a discreet statement does not tell its title in the subject', async () => {
    const { site, slug } = await openCampaign(true)
    const ana = somebody()
    await signAndConfirm(site, slug, ana)
    await publishNewText(site, slug, 'We ask for money.')
    await aMinute(site)
    assert.match(questionsTo(site, ana)[0]?.subject ?? '', /^A question from /)
  })
})

describe('the link in the mail about a new text', async () => {
  const { site, slug } = await openCampaign()
  const [ana, ben, cleo, dina] = [somebody(), someOrganisation(), somebody(), somebody()]
  const own = new Map<Answers, string>()
  for (const each of [ana, ben, cleo, dina]) {
    own.set(each, await signAndConfirm(site, slug, each))
  }
  await publishNewText(site, slug, 'We ask for money.')
  await aMinute(site)
  const visitor = site.visitor()

  test('shows what has changed; looking changes nothing, the button does, once', async () => {
    const link = linkTo(site, ana)
    const untouched = await dumpOf(site)
    await visitor.open(link)
    assert.equal(visitor.status, 200)
    assert.equal(visitor.text('.difference ins'), 'We ask for money.')
    assert.match(visitor.text('main'), /Now: We ask for money/)
    assert.match(visitor.headers.get('cache-control') ?? '', /no-store/)
    await assertValidHtml(visitor.html, 'reconfirm')
    assert.equal(await dumpOf(site), untouched)
    await visitor.press(/I stand behind the new text/)
    assert.match(visitor.text('main'), /You stand behind the present text/)
    assert.deepEqual(
      visitor.redirects.map(({ status }) => status),
      [303],
    )
    await assertValidHtml(visitor.html, 'reconfirmed')
    await visitor.open(own.get(ana) ?? '')
    assert.match(visitor.text('.facts'), /Text version you endorsed 2/)
  })

  test('counts once when its button is pressed several times at the same moment', async () => {
    const link = linkTo(site, ben)
    await visitor.open(link)
    const text = String(visitor.$('input[name=text]').val())
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post(site, link, { text })))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
    const kept = site.ctx.db.selectFrom('reconfirmations').selectAll()
    assert.equal((await kept.execute()).length, 2)
    assert.deepEqual(await textsEndorsed(site), ['en 1', 'en 1', 'en 2', 'en 2'])
  })

  test('brings nobody back who has withdrawn', async () => {
    const link = linkTo(site, cleo)
    await visitor.open(link)
    const text = String(visitor.$('input[name=text]').val())
    await post(site, own.get(cleo) ?? '', { decision: 'withdraw' })
    assert.equal((await post(site, link, { text })).status, 303)
    await visitor.open(link)
    assert.match(visitor.text('main'), /You have withdrawn your endorsement/)
    assert.equal(visitor.$('main form').length, 0)
    assert.deepEqual(await textsEndorsed(site), ['en 1', 'en 2', 'en 2'])
  })

  test('shows the difference again when the text changed while the page was open', async () => {
    await visitor.open(linkTo(site, dina))
    await publishNewText(site, slug, 'And for time.')
    await visitor.press(/I stand behind the new text/)
    assert.equal(visitor.status, 409)
    assert.match(visitor.text('.difference ins'), /We ask for money\. And for time\./)
    await visitor.press(/I stand behind the new text/)
    assert.deepEqual(await textsEndorsed(site), ['en 2', 'en 2', 'en 3'])
    await aMinute(site)
    assert.equal(questionsTo(site, dina).length, 1, 'who has answered is not asked again')
    assert.equal(questionsTo(site, ana).length, 2)
  })

  test('is kept as evidence with the words agreed to, and leads nowhere when it is guessed', async () => {
    const response = await fetch(`${site.address}${own.get(dina) ?? ''}/data.json`)
    const data = (await response.json()) as { reconfirmed: Record<string, unknown>[] }
    assert.equal(data.reconfirmed.length, 1)
    const { text_version: version, labels, method } = data.reconfirmed[0] ?? {}
    assert.deepEqual([version, method], [3, 'link'])
    assert.match(String(labels), /I stand behind the new text/)
    await visitor.open('/reconfirm/guessed')
    assert.equal(visitor.status, 404)
  })
})

test('who signs after the change stands behind the new text and is not asked', async () => {
  const { site, slug } = await openCampaign()
  await signAndConfirm(site, slug, somebody())
  await publishNewText(site, slug, 'We ask for money.')
  const late = somebody()
  await signAndConfirm(site, slug, late)
  await aMinute(site)
  assert.equal(questionsTo(site, late).length, 0)
  assert.deepEqual(await textsEndorsed(site), ['en 1', 'en 2'])
})
