// The files of an edition: every format in every language, made anew with the same bytes.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { listFormats } from '../../src/documents/formats.ts'
import { languages } from '../../src/languages/languages.ts'
import {
  aboutInWorkbook,
  linesOfText,
  namesInWord,
  rowsOfWorkbook,
  textOfWord,
} from '../documents/read-formats.ts'
import { assertInOrder, readPdf } from '../letters/read-pdf.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, leyla, someOrganisation } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { unzip } from '../support/unzip.ts'
import { get, jsonOf, listedFiles, makeNow, openEditions, sha256 } from './read-editions.ts'

describe('the files of an edition', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, harbour)
  await signUpAndConfirm(site, slug, leyla)
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'GNP+' }))
  const joseLink = await signUpAndConfirm(site, slug, jose, 'es')
  await makeNow(site, slug)
  const base = `/statements/${slug}/editions`

  test('are all formats in all languages, and SHA256SUMS has the hash of each', async () => {
    const listed = await listedFiles(site, slug, 1)
    assert.equal(listed.length, languages.length * listFormats.length)
    for (const file of listed) {
      const { status, bytes, headers } = await get(site, file.path)
      assert.deepEqual([status, sha256(bytes)], [200, file.sha256], file.path)
      if (file.name.endsWith('.json')) continue
      assert.equal(headers.get('content-disposition'), `attachment; filename=${file.name}`)
    }
  })

  test('are made anew with the same bytes, also from a statement that says something else now', async () => {
    const before = await listedFiles(site, slug, 1)
    site.clock.advance({ days: 1 })
    await site.ctx.db.updateTable('statements').set({ dated: '2020-01' }).execute()
    await site.ctx.db.updateTable('text_versions').set({ title: 'Another title' }).execute()
    await site.ctx.db.deleteFrom('edition_files').execute()
    await site.ctx.db.deleteFrom('edition_pieces').execute()
    await site.ctx.db.updateTable('editions').set({ is_complete: 0 }).execute()
    await site.tidy()
    assert.deepEqual(await listedFiles(site, slug, 1), before)
  })

  test('name the same signatories, and say which edition they are and who left', async () => {
    await post(site, `/endorsement/${joseLink}`, { decision: 'withdraw' })
    await site.tidy()
    const { signatories, edition } = await jsonOf(site, `${base}/1.json`)
    const names = signatories.map(({ name }) => name)
    assert.deepEqual(names, ['GNP+', harbour['name']])
    assert.equal(edition.removed_since, 1)
    const removed = /One name was taken out of this edition/
    const workbook = (await get(site, `${base}/1.xlsx`)).bytes
    assert.deepEqual(
      (await rowsOfWorkbook(workbook)).map((cells) => cells[2]),
      names,
    )
    const word = await textOfWord((await get(site, `${base}/1.docx`)).bytes)
    assert.deepEqual(
      namesInWord(word.rows).map((name) => name.replace(' (HHRA)', '')),
      names,
    )
    const lines = linesOfText((await get(site, `${base}/1.txt`)).bytes)
    const about = (await aboutInWorkbook(workbook)).flat()
    for (const said of [word.paragraphs, lines, about]) {
      assert.ok(said.includes('Edition 1'))
      assert.ok(said.some((line) => removed.test(line)))
    }
    const parts = await unzip((await get(site, `${base}/1.datapackage.zip`)).bytes)
    const described = JSON.parse(parts.get('datapackage.json') ?? '') as { edition: object }
    assert.deepEqual(described.edition, edition)
  })

  test('go with a letter that has the names of then, except who left', async () => {
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Newcomers' }))
    const letter = await readPdf(site, `/es${base}/1.pdf`)
    assertInOrder(letter.text, [
      'Edición 1 · Datos al 21 de noviembre',
      'GNP+',
      'Harbour Harm Reduction Alliance',
      'se retiró un nombre',
    ])
    assert.doesNotMatch(letter.text, /Newcomers|Ñandú/)
    const disposition = `attachment; filename=${slug}-edition-1.es.pdf`
    assert.equal(letter.headers.get('content-disposition'), disposition)
    assert.match(letter.headers.get('link') ?? '', /editions\/1>; rel="cite-as"/)
    assert.match((await get(site, `${base}/1`)).text, /href="[^"]*editions\/1\.pdf"/)
  })
})
