// What changed between editions, and the public log of corrections: with reasons, without the names of
// those who left.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { findEndorsement } from '../../src/endorsements/endorsement-store.ts'
import { takeBack } from '../../src/endorsements/brought.ts'
import { bringIn, hashesOf } from '../../src/endorsements/bring-in.ts'
import { readSignOn } from '../../src/endorsements/endorsement-form.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, someOrganisation } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { get, makeNow, openEditions } from './read-editions.ts'

describe('corrections', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  const base = `/statements/${slug}/editions`
  const harbourLink = await signUpAndConfirm(site, slug, harbour)
  const joseLink = await signUpAndConfirm(site, slug, jose, 'es')
  const log = async () => {
    const $ = load((await get(site, base)).text)
    return $('#corrections-heading ~ ul li')
      .toArray()
      .map((item) => $(item).text().trim())
  }
  const facts = async (number: number) => {
    const $ = load((await get(site, `${base}/${number}`)).text)
    const [, ...told] = $('.facts > div').toArray()
    return told.map((each) => $(each).find('dd').text().replaceAll(/\s+/g, ' ').trim())
  }
  const bring = async (name: string) => {
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    const read = readSignOn(someOrganisation({ name }), statement)
    assert.ok(read.ok)
    const hashes = hashesOf(site.ctx, statement.id, read.value)
    const brought = { signOn: read.value, hashes, language: 'en', mailDueAt: site.clock.now() }
    const tx = site.ctx.db.transaction()
    const [id] = await tx.execute((each) => bringIn(each, site.ctx, statement, [brought], true))
    return id ?? ''
  }
  const brought = await bring('Wrongly Typed Network')
  await makeNow(site, slug)

  test('are none while nothing has changed', async () => {
    assert.match((await get(site, base)).text, /Nothing was corrected so far/)
    assert.match((await facts(1))[0] ?? '', /^Nothing changed\./)
  })

  test('tell a new name, and not the one before', async () => {
    await post(site, `/endorsement/${harbourLink}`, {
      ...harbour,
      decision: 'save',
      name: 'Harbour Alliance of Kenya',
    })
    assert.deepEqual(await log(), [
      '21 November 2026, edition 1: entry 1 has another name since. ' +
        'Reason: corrected by the endorser. Now: Harbour Alliance of Kenya',
    ])
    assert.ok(!(await get(site, base)).text.includes('Harbour Harm'))
    assert.match((await facts(1))[0] ?? '', /^One name was changed\./)
  })

  test('tell what a batch that was taken back has brought as such', async () => {
    site.clock.advance({ minutes: 1 })
    await site.ctx.db.transaction().execute((tx) => takeBack(tx, site.ctx, brought))
    assert.equal(await findEndorsement(site.ctx.db, site.ctx.vault, brought), null)
    assert.match((await log())[0] ?? '', /one name was taken out\. Reason: brought in by mistake\./)
  })

  test('are counted from one edition to the next, and until now', async () => {
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Newcomers' }))
    const changes = 'One name was added. One name left. One name was changed.'
    assert.ok((await facts(1))[0]?.startsWith(changes))
    await makeNow(site, slug)
    const told = await facts(2)
    assert.equal(told[0], changes)
    assert.match(told[1] ?? '', /^Nothing changed/)
    const page = (await get(site, `${base}/2`)).text
    assert.match(page, /\+ 4: <bdi>Newcomers<\/bdi>/)
    assert.match(page, /1: from “Harbour Harm Reduction Alliance” to “Harbour Alliance of Kenya”/)
  })

  test('name nobody who left, also after a change of name', async () => {
    site.clock.advance({ minutes: 1 })
    for (const link of [joseLink, harbourLink]) {
      await post(site, `/endorsement/${link}`, { decision: 'withdraw' })
    }
    const told = await log()
    assert.equal(told.filter((line) => line.includes('withdrawn by the endorser')).length, 4)
    assert.ok(told.some((line) => /entry 1 had another name for a while/.test(line)))
    for (const path of [base, `${base}/1`, `${base}/2`]) {
      assert.doesNotMatch((await get(site, path)).text, /Harbour|Ñandú|Wrongly/)
    }
  })
})
