// Coordinators put some entries first: in every language and every file, and on the statement's page.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { sortKeysOf } from '../../src/signatories/order.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { postAs, signIn } from '../support/desk.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { listed, post } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { namesOnPage } from './names-on-page.ts'
import { readCsv } from './shown-numbers.ts'

const cast = [
  someOrganisation({ name: 'The Beacon' }),
  someOrganisation({ name: 'Alianza' }),
  someOrganisation({ name: 'Вместе' }),
  someOrganisation({ name: 'Юность' }),
  somebody({ name: 'Aaron' }),
  somebody({ name: 'Zoe' }),
  somebody({ name: 'Maria' }),
]

describe('who is put first', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const tokens: string[] = []
  for (const person of cast) tokens.push(await signUpAndConfirm(site, slug, person))
  const admin = await signIn(site, 'admin')
  const { browser } = admin
  const path = `/desk/statements/${slug}/first-signatories`
  const list = (language: string) => namesOnPage(site, `${language}/statements/${slug}/signatories`)
  const inFront = async () => {
    const visitor = await site.visitor().open(`/statements/${slug}`)
    const names = visitor.$('ul.first bdi:not(.acronym bdi)').toArray()
    return names.map((name) => visitor.$(name).text())
  }
  const choose = async (numbers: string) => {
    await browser.open(path)
    return browser.fill({ numbers }).press(/Save/)
  }

  test('stands first in each language, organisations and individuals apart', async () => {
    await choose('6, 4, 1')
    assert.equal(browser.status, 200)
    assert.match(browser.text('main'), /Saved\./)
    assert.match(browser.text('table.rows'), /6Zoe.*4Юность.*1The Beacon/)
    const first = ['Юность', 'The Beacon']
    const people = ['Zoe', 'Aaron', 'Maria']
    assert.deepEqual(await list(''), [...first, 'Alianza', 'Вместе', ...people])
    assert.deepEqual(await list('/ru'), [...first, 'Вместе', 'Alianza', ...people])
    const page = await site.visitor().open(`/statements/${slug}/signatories`)
    assert.equal(page.$('table.signatories .mark').length, 3)
  })

  test('stands first in the files, and first of all on the page of the statement', async () => {
    const expected = await list('')
    const csv = await readCsv(site, `/statements/${slug}/signatories.csv`)
    assert.deepEqual(
      csv.map((row) => row['name']),
      expected,
    )
    const json = await listed(site, slug)
    assert.deepEqual(
      json.map((row) => row['name']),
      expected,
    )
    assert.ok(json.every((row) => !('first_place' in row)))
    const begin = ['Zoe', 'Юность', 'The Beacon', 'Alianza', 'Вместе', 'Aaron', 'Maria']
    assert.deepEqual(await inFront(), begin)
  })

  test('stays there under another name, and in an edition', async () => {
    const visitor = await site.visitor().open(`/endorsement/${tokens[5]}`)
    await visitor.fill({ name: 'Zoë' }).press(/Save/)
    const people = ['Zoë', 'Aaron', 'Maria']
    assert.deepEqual((await list('')).slice(-3), people)
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    await makeEdition(site.ctx, statement.id, { reason: 'on-demand', actor: 'test' })
    const edition = await site.visitor().open(`/statements/${slug}/editions/1`)
    assert.match(edition.text('main'), /Zoë.*Aaron.*Maria/)
  })

  test('leaves the list like everybody, and leaves no gap', async () => {
    await post(site, `/endorsement/${tokens[3]}`, { decision: 'withdraw' })
    assert.deepEqual(await list(''), ['The Beacon', 'Alianza', 'Вместе', 'Zoë', 'Aaron', 'Maria'])
    assert.deepEqual((await inFront()).slice(0, 2), ['Zoë', 'The Beacon'])
    await browser.open(path)
    assert.equal(browser.$('#numbers').val(), '6, 1')
  })

  test('must be on the list, each once, and not too many; what was typed is kept', async () => {
    const faults = {
      '1, two': /Write only numbers/,
      '9999999999': /Write only numbers/,
      '1, 2, 1': /More than once here: 1/,
      '4, 1, 77': /Not in the public list: 4, 77/,
      [Array.from({ length: 51 }, (_, n) => n + 1).join(' ')]: /At most 50/,
    }
    for (const [typed, message] of Object.entries(faults)) {
      await choose(typed)
      assert.equal(browser.status, 422, typed)
      assert.match(browser.title, /^Error:/)
      assert.match(browser.text('.faults'), message)
      assert.equal(browser.$('#numbers').val(), typed)
    }
    assert.equal((await list(''))[0], 'The Beacon', 'nothing was changed')
  })

  test('is not what another coordinator has just changed, and the log tells of both', async () => {
    const saved = await postAs(site, admin, path, { numbers: '2', made_from: '6, 1' })
    assert.equal(saved.status, 303)
    const late = await postAs(site, admin, path, { numbers: '7, 2', made_from: '6, 1' })
    assert.equal(late.status, 409)
    const html = await late.text()
    assert.match(html, /Somebody else has saved this meanwhile/)
    assert.match(html, /value="7, 2"/)
    assert.match(html, /name="made_from" value="2"/)
    await browser.open(`/desk/statements/${slug}/activity`)
    assert.match(browser.text('main'), /First signatories chosen/)
  })

  test('can be nobody: then the alphabet is alone', async () => {
    await choose('')
    assert.equal(browser.status, 200)
    assert.deepEqual(await list(''), ['Alianza', 'The Beacon', 'Вместе', 'Aaron', 'Maria', 'Zoë'])
  })
})

test('the first fifty sort before every other name, whatever it begins with', () => {
  const names = ['', '!', '"', '#PowerOfPeers', '+', '0', 'a', 'ا', '\u{1F600}', '̀']
  const others = names.map((name) => sortKeysOf({ type: 'organisation', name }))
  const last = sortKeysOf({ type: 'organisation', name: 'ЯЯЯ', first_place: 50 })
  const next = sortKeysOf({ type: 'organisation', name: 'aaa', first_place: 9 })
  for (const [at, { key }] of last.entries()) {
    assert.ok((next[at]?.key ?? '') < key)
    for (const keys of others) assert.ok(key < (keys[at]?.key ?? ''), keys[at]?.key)
  }
})
