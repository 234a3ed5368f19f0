// After three later editions and a withdrawal the old address still works, shows the redaction, and
// never again the name (product.md P-7).
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import type { Verified } from '../../src/editions/verify.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { dumpOf } from '../support/dump.ts'
import { harbour, jose, someOrganisation } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { unzip } from '../support/unzip.ts'
import { get, listedFiles, makeNow, openEditions, sha256 } from './read-editions.ts'

const name = /Ñandú|Universidad del Sur/

/** As a reader program sees it. */
async function contentOf(bytes: Buffer): Promise<string> {
  const isZip = bytes.subarray(0, 2).toString() === 'PK'
  return isZip ? [...(await unzip(bytes)).values()].join('\n') : bytes.toString()
}

describe('an edition that is cited for good', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  const base = `/statements/${slug}/editions`
  await signUpAndConfirm(site, slug, harbour)
  const joseLink = await signUpAndConfirm(site, slug, jose)
  await makeNow(site, slug)
  const cited = await listedFiles(site, slug, 1)
  const old = await get(site, `${base}/1.csv`)
  for (const later of ['Second', 'Third', 'Fourth']) {
    await signUpAndConfirm(site, slug, someOrganisation({ name: `${later} Network` }))
    await makeNow(site, slug)
  }
  const pieces = await site.ctx.db.selectFrom('edition_pieces').select('content').execute()
  await post(site, `/endorsement/${joseLink}`, { decision: 'withdraw' })

  test('is gone as a file at once, and is back at its address within a minute', async () => {
    assert.equal((await get(site, `${base}/1.csv`)).status, 503)
    assert.match((await get(site, `${base}/1`)).text, /files are being re-issued/)
    await site.tidy()
    assert.equal((await get(site, `${base}/1.csv`)).status, 200)
  })

  test('does not have the name in any file of any edition', async () => {
    assert.match(await contentOf(old.bytes), name)
    for (const number of [1, 2, 3, 4]) {
      const files = await listedFiles(site, slug, number)
      assert.equal(files.length, cited.length)
      for (const file of files) {
        const { bytes } = await get(site, file.path)
        assert.equal(sha256(bytes), file.sha256, file.path)
        assert.doesNotMatch(await contentOf(bytes), name, file.path)
      }
    }
  })

  test('says on its pages, in every language, that a name was taken out, and not which', async () => {
    for (const { code } of languages) {
      for (const path of ['', '/1', '/2', '/3', '/4', '/1/SHA256SUMS']) {
        const { status, text } = await get(site, `/${code}${base}${path}`)
        assert.equal(status, 200)
        assert.doesNotMatch(text, name)
      }
    }
    const page = (await get(site, `${base}/1`)).text
    assert.match(page, /One name was taken out of this edition/)
    assert.match(page, /3 names were added\. One name left\./)
    for (const file of cited) assert.ok(page.includes(file.sha256), file.name)
  })

  test('left nothing in the database, nor in the bytes of its files', async () => {
    assert.doesNotMatch(await dumpOf(site), name)
    const { folder } = site.database
    if (folder === null) return
    // gaps in the pages of the file go when it is written anew
    site.clock.advance({ hours: 1 })
    await site.tidy()
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'))
    const found = (text: string) => files.some((bytes) => bytes.includes(text))
    assert.ok(found('Second Network'), 'it was searched')
    assert.ok(!found(Buffer.from('Ñandú').toString('latin1')))
    assert.ok(!pieces.some(({ content }) => found(content.slice(0, 200))), 'a pressed file is left')
  })

  test('is told from the file as it was: genuine, but replaced', async () => {
    const check = async (hash: string) =>
      JSON.parse((await get(site, `/verify.json?sha256=${hash}`)).text) as Verified
    const replaced = await check(sha256(old.bytes))
    assert.equal(replaced.outcome, 'superseded')
    const now = await check(sha256((await get(site, `${base}/1.csv`)).bytes))
    assert.ok(now.outcome === 'genuine')
    assert.deepEqual([now.number, now.newest, now.removed], [1, 4, 1])
    // both editions have the very same entries by now
    await makeNow(site, slug)
    const same = sha256((await get(site, `${base}/4.csv`)).bytes)
    const which = async (claim: string) =>
      JSON.parse((await get(site, `/verify.json?sha256=${same}&name=${claim}`)).text) as Verified
    for (const number of [4, 5]) {
      const told = await which(`${slug}-edition-${number}`)
      assert.ok(told.outcome === 'genuine' && told.number === number)
    }
    const { text } = await get(site, `/verify?sha256=${sha256(old.bytes)}`)
    assert.match(text, /Genuine, but replaced\. This is edition 1 as it was issued before/)
  })
})
