import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { joinAs, postAs, signIn } from '../support/desk.ts'
import { somebody, someOrganisation } from '../support/people.ts'
import { counts, post, sign, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const heading = 'Organisation\tCountry\tEmail\n'
const hidden = { visibility: 'confidential' }

async function open() {
  const site = await openSite()
  const slug = await site.publish()
  const person = await signIn(site, 'coordinator')
  await joinAs(site, slug, person.id, 'coordinator')
  const list = `/desk/statements/${slug}/imports`
  const { browser } = person

  /** Pastes rows; the page then shows what they would do. */
  const paste = async (...rows: string[]) => {
    const table = heading + rows.join('\n')
    const kept = await postAs(site, person, list, { table })
    assert.equal(kept.status, 303)
    await browser.open(kept.headers.get('location') ?? '')
    return browser.text()
  }
  const bring = async (evidence = '') => {
    if (evidence !== '') browser.choose('how', 'confirmed').fill({ evidence })
    await browser.press('Bring them in')
    assert.equal(browser.status, 200)
    return browser.text()
  }
  const batches = () => site.ctx.db.selectFrom('imports').selectAll().execute()
  return { site, slug, list, browser, paste, bring, batches }
}

/** A confidential organisation, and the row that would bring it. */
function secret() {
  const answers = someOrganisation(hidden)
  return { answers, row: rowOf(answers) }
}
const rowOf = ({ name, email }: Record<string, string>) => `${name}\tKenya\t${email}`

describe('a row of somebody who signed confidentially', () => {
  test('looks like a new one, and its owner gets the truth by mail', async () => {
    const { site, slug, paste, bring, batches } = await open()
    const { answers, row } = secret()
    await signAndConfirm(site, slug, answers)
    const before = await counts(site, slug)
    site.inbox.clear()
    const other = rowOf(someOrganisation())
    assert.match(await paste(row, other), /2 rows: 2 new, 0 similar, 0 duplicate, 0 invalid/)
    await bring()
    const [batch] = await batches()
    assert.deepEqual([batch?.state, batch?.new, batch?.duplicate], ['done', 2, 0])
    await site.deliverMail()
    const mails = site.inbox.matching(answers['email'] ?? '')
    assert.match(mails.at(-1)?.text ?? '', /endorsement\//)
    assert.doesNotMatch(mails.at(-1)?.text ?? '', /\/confirm\//)
    assert.deepEqual((await counts(site, slug))['total'], before['total'])
  })

  test('is a duplicate of the batch that brought it, until that is taken back', async () => {
    const { site, slug, browser, paste, bring, batches } = await open()
    const { answers, row } = secret()
    await signAndConfirm(site, slug, answers)
    await paste(row)
    await bring()
    assert.match(await paste(row), /1 row: 0 new, 0 similar, 1 duplicate/)
    await browser.open(`/desk/statements/${slug}/imports`)
    await browser.press(/back/i)
    const [batch] = await batches()
    assert.deepEqual([batch?.state, batch?.removed, batch?.kept], ['rolled-back', 1, 0])
    assert.match(await paste(row), /1 row: 1 new, 0 similar, 0 duplicate/)
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('is as new before it is confirmed, and similar to nobody', async () => {
    const { site, slug, paste } = await open()
    const { answers, row } = secret()
    await sign(site, slug, answers)
    const like = rowOf({ ...answers, email: 'hello@elsewhere.example' })
    assert.match(await paste(row), /1 row: 1 new, 0 similar, 0 duplicate/)
    assert.match(await paste(like), /1 row: 1 new, 0 similar, 0 duplicate/)
  })

  test('adds nothing when a coordinator confirms it, also after withdrawing, and nothing tells so', async () => {
    const { site, slug, paste, bring, batches } = await open()
    const [stays, left] = [secret(), secret()]
    await signAndConfirm(site, slug, stays.answers)
    const page = await signAndConfirm(site, slug, left.answers)
    assert.equal((await post(site, page, { decision: 'withdraw' })).status, 200)
    assert.match(await paste(stays.row, left.row), /2 rows: 2 new/)
    await bring('Signed on paper')
    const [batch] = await batches()
    assert.deepEqual([batch?.new, batch?.similar, batch?.duplicate], [2, 0, 0])
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('is told when it is not confidential, as before', async () => {
    const { site, slug, paste } = await open()
    const known = someOrganisation()
    await signAndConfirm(site, slug, known)
    await signAndConfirm(site, slug, somebody())
    assert.match(await paste(rowOf(known)), /1 row: 0 new, 0 similar, 1 duplicate/)
  })
})
