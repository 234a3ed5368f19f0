// The PDF files of a statement, as a reader program reads them (product.md §4, R1, P-7).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { findStatement } from '../../src/statements/find-statement.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { assertInOrder, readPdf } from './read-pdf.ts'

describe('PDF files', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const at = (file: string, prefix = '') => readPdf(site, `${prefix}/statements/${slug}/${file}`)
  const sign = (answers: Record<string, string>) => signUpAndConfirm(site, slug, answers)

  await sign(harbour)
  await sign(someOrganisation({ name: 'Мережа «Голос поруч»', country: 'UA' }))
  await sign(someOrganisation({ name: '#PowerOfPeers', country: 'NP' }))
  await sign(jose)
  await sign(leyla)
  await sign(somebody({ name: 'साथी सञ्जाल', country: 'NP', role: '', affiliation: '' }))
  await sign(somebody({ name: '#panic("x") $y$ *z* @w', country: 'KE' }))
  const leaving = await sign(somebody({ name: 'Who Leaves Later' }))

  test('the letter: who sends it, to whom, the text, then organisations and individuals', async () => {
    const { text, headers, title, language, bookmarks } = await at('letter.pdf')
    assert.equal(headers.get('content-type'), 'application/pdf')
    assert.match(
      headers.get('content-disposition') ?? '',
      /^attachment; filename=[\w-]+-letter\.pdf$/,
    )
    assert.equal(headers.get('x-robots-tag'), 'noindex')
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    assertInOrder(text, [
      ...statement.convenors.map(({ name }) => name),
      'To',
      statement.versions[0]?.title ?? '',
      'Signatories',
      '3 organisations',
      '5 individuals',
      'As of 21 November 2026, 12:00 UTC',
      'Organisations',
      'Harbour Harm Reduction Alliance (HHRA), Kenya',
      'Individuals',
      'José María Ñandú, Argentina',
      'and one endorser whose name is withheld',
    ])
    assert.deepEqual([title, language], [statement.versions[0]?.title, 'en'])
    assert.ok(bookmarks.includes('Signatories'), bookmarks.join())
  })

  test('names stay as they were typed, in every script, and are never read as Typst', async () => {
    const { text } = await at('letter.pdf')
    for (const name of ['Мережа «Голос поруч»', '#PowerOfPeers', '#panic("x") $y$ *z* @w']) {
      assert.ok(text.includes(name), `${name} in ${text}`)
    }
    assert.ok(!text.includes('Withheld-Name'))
    assert.doesNotMatch(text, /@(?:hhra|gmail|members|hidden-mail)/)
  })

  test('it is tagged, so that it can be read aloud', async () => {
    const { roles, bytes } = await at('letter.pdf')
    for (const role of ['H1', 'H2', 'P', 'L', 'LI']) assert.ok(roles.has(role), [...roles].join())
    assert.match(bytes.toString('latin1'), /pdfuaid:part>1</)
  })

  test('each language version has its letter, right to left where it is', async () => {
    const arabic = await at('letter.pdf', '/ar')
    assert.equal(arabic.language, 'ar')
    assert.ok(arabic.text.includes('Harbour Harm Reduction Alliance (HHRA)'))
    const russian = await at('letter.pdf', '/ru')
    assert.equal(russian.language, 'ru')
    assert.ok(russian.text.includes('Список подписавшихся'))
  })

  test('the list alone, filtered as its page is, and by country', async () => {
    const all = await at('signatories.pdf?group=country')
    assertInOrder(all.text, [
      'Kenya',
      'Harbour',
      'No. 1 · By the organisation’s own domain',
      'Nepal',
    ])
    const some = await at('signatories.pdf?country=KE&type=organisation')
    assertInOrder(some.text, ['3 organisations', 'Organisations', 'Kenya', '1 entry', 'Harbour'])
    assert.ok(!some.text.includes('José'))
    const none = await at('signatories.pdf?q=nobody-of-this-name')
    assert.ok(none.text.includes('Nothing matches'))
  })

  test('the numbers on one sheet are those of the page', async () => {
    const { text, pages } = await at('summary.pdf')
    assert.equal(pages, 1)
    assertInOrder(text, ['3', 'Organisations', 'Individuals', 'Countries', 'Kenya', 'Nepal'])
    assert.ok(!text.includes('Harbour'))
  })

  test('the same list is the same file, and who withdraws is gone from the next', async () => {
    const before = await at('signatories.pdf')
    const again = await at('signatories.pdf')
    assert.ok(before.bytes.equals(again.bytes))
    assert.ok(before.text.includes('Who Leaves Later'))
    await post(site, `/endorsement/${leaving}`, { decision: 'withdraw' })
    const after = await at('signatories.pdf')
    assert.ok(!after.text.includes('Who Leaves Later'))
    assert.ok(after.text.includes('4 individuals'))
  })
})

test('a site without a compiler says so, and how to print instead', async () => {
  const site = await openSite({ env: { PDF: 'off' } })
  const slug = await site.publish()
  for (const file of ['letter.pdf', 'signatories.pdf', 'summary.pdf']) {
    const response = await fetch(`${site.address}/statements/${slug}/${file}`)
    assert.equal(response.status, 501)
    const $ = load(await response.text())
    assert.match($('main').text(), /print/)
    assert.equal($('main a.button').attr('href'), `/statements/${slug}/signatories`)
  }
})
