// Who comes after the edition that was made at closing is late, everywhere (product.md §2).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { translator } from '../../src/languages/languages.ts'
import { bringIn, hashesOf } from '../../src/endorsements/bring-in.ts'
import { readSignOn } from '../../src/endorsements/endorsement-form.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { rowsOfWorkbook, textOfWord } from '../documents/read-formats.ts'
import { readCsv } from '../signatories/shown-numbers.ts'
import { confirmToken, signUp, signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, someOrganisation } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { get, jsonOf, makeNow, openEditions } from './read-editions.ts'

describe('who is late', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  const list = `/statements/${slug}/signatories`
  const lateNames = async () =>
    (await jsonOf(site, `${list}.json`)).signatories
      .filter(({ late }) => late)
      .map(({ name }) => name)
  await signUpAndConfirm(site, slug, harbour)
  await makeNow(site, slug)
  const { id } = await signUp(site, slug, jose)

  test('is nobody who comes while signing is open, also after an edition', async () => {
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'In Time' }))
    assert.deepEqual(await lateNames(), [])
  })

  test('is who confirms after the closing edition, in every format', async () => {
    await closeStatement(site.ctx, slug)
    await site.tidy()
    const token = await confirmToken(site.ctx, id)
    await post(site, `/confirm/${token}`, { decision: 'confirm' })
    assert.deepEqual(await lateNames(), [jose['name']])
    const rows = await readCsv(site, `${list}.csv`)
    assert.deepEqual(
      rows.map(({ name, late }) => [name, late]),
      [
        [harbour['name'], 'false'],
        ['In Time', 'false'],
        [jose['name'], 'true'],
      ],
    )
    const workbook = await rowsOfWorkbook((await get(site, `${list}.xlsx`)).bytes)
    assert.deepEqual(
      workbook.map((cells) => cells[11] ?? ''),
      ['', '', 'late'],
    )
    const word = await textOfWord((await get(site, `${list}.docx`)).bytes)
    assert.match(word.rows[2]?.[1]?.[0] ?? '', /· late$/)
    const page = (await get(site, list)).text
    assert.equal(page.split(translator('en')('list.late.explained')).length, 2)
  })

  test('is who is brought after it as well', async () => {
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    const read = readSignOn(someOrganisation({ name: 'On Paper' }), statement)
    assert.ok(read.ok)
    const hashes = hashesOf(site.ctx, statement.id, read.value)
    const brought = { signOn: read.value, hashes, language: 'en', mailDueAt: site.clock.now() }
    await site.ctx.db
      .transaction()
      .execute((tx) => bringIn(tx, site.ctx, statement, [brought], true))
    assert.deepEqual(await lateNames(), ['On Paper', jose['name']])
  })

  test('is nobody any more who comes when signing is open again, until it closes again', async () => {
    await site.ctx.db.updateTable('statements').set({ closed_at: null, state: 'open' }).execute()
    site.clock.advance({ hours: 1 })
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Again In Time' }))
    await closeStatement(site.ctx, slug)
    assert.deepEqual(await lateNames(), ['On Paper', jose['name']])
  })
})
