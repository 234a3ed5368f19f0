// Editions: frozen at closing, signed, redacted when somebody leaves (product.md P-7).
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { describe, test } from 'node:test'
import { issueEditions } from '../../src/editions/close-editions.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { signUp, signUpAndConfirm } from '../support/crowd.ts'
import { dumpOf } from '../support/dump.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { get, jsonOf, makeNow, openEditions, sha256 } from './read-editions.ts'

describe('an edition', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  await signAndConfirm(site, slug, leyla)
  await signAndConfirm(site, slug, someOrganisation({ name: 'GNP+' }))
  const joseLink = await signAndConfirm(site, slug, jose, 'es')
  const base = `/statements/${slug}/editions`

  test('is made once when signing has closed, with the counts of the page', async () => {
    assert.equal((await get(site, `${base}/1`)).status, 404)
    await closeStatement(site.ctx, slug)
    await site.tidy()
    await site.tidy()
    const edition = await jsonOf(site, `${base}/1.json`)
    assert.equal(edition.edition.number, 1)
    assert.equal(edition.edition.reason, 'closing')
    assert.equal(edition.edition.url, `${site.address}${base}/1`)
    assert.equal(edition.signatories.length, 3)
    const live = JSON.parse((await get(site, `/statements/${slug}/signatories.json`)).text) as {
      counts: object
      as_of: string
      signatories: object[]
    }
    assert.deepEqual(edition.counts, live.counts)
    assert.equal(edition.as_of, live.as_of)
    assert.deepEqual(edition.signatories, live.signatories)
    assert.equal((await get(site, `${base}/2`)).status, 404)
  })

  test('tells the hash of each file, where it is kept, and answers 304 to who has it', async () => {
    const { headers, bytes } = await get(site, `${base}/1.csv`)
    const hash = sha256(bytes)
    const digest = Buffer.from(hash, 'hex').toString('base64')
    assert.equal(headers.get('repr-digest'), `sha-256=:${digest}:`)
    assert.equal(headers.get('etag'), `"${hash}"`)
    assert.equal(headers.get('content-length'), String(bytes.length))
    assert.match(headers.get('link') ?? '', new RegExp(`<${site.address}${base}/1>; rel="cite-as"`))
    const page = await get(site, `${base}/1`)
    assert.ok(page.text.includes(hash))
    const again = await fetch(`${site.address}${base}/1.csv`, {
      // as browsers ask; fetch alone would say no-cache
      headers: { 'if-none-match': `"${hash}"`, 'cache-control': 'max-age=0' },
    })
    assert.equal(again.status, 304)
  })

  test('is signed, each file and SHA256SUMS, by the key of the site', async () => {
    const pem = (await get(site, '/.well-known/undersigned-key.pem')).text
    const { keys } = JSON.parse((await get(site, '/.well-known/undersigned-key.json')).text) as {
      keys: { x: string; pem: string }[]
    }
    assert.equal(keys[0]?.pem, pem)
    const key = createPublicKey(pem)
    assert.equal(key.export({ format: 'jwk' }).x, keys[0]?.x)
    for (const name of [`${base}/1.json`, `/ar${base}/1.csv`, `${base}/1/SHA256SUMS`]) {
      const file = await get(site, name)
      const signature = await get(site, `${name}.sig`)
      assert.equal(signature.bytes.length, 64, name)
      assert.ok(verify(null, file.bytes, key, signature.bytes), name)
      const altered = Buffer.from(file.bytes)
      altered.writeUInt8(altered.readUInt8(20) ^ 1, 20)
      assert.ok(!verify(null, altered, key, signature.bytes))
    }
    const sums = (await get(site, `${base}/1/SHA256SUMS`)).text
    const csv = await get(site, `/ru${base}/1.csv`)
    assert.ok(sums.includes(`${sha256(csv.bytes)}  ${slug}-edition-1.ru.csv\n`))
    assert.match(csv.headers.get('content-disposition') ?? '', /-edition-1\.ru\.csv"?$/)
  })

  test('stays what it is when others come, and the next one tells the difference', async () => {
    const before = await get(site, `${base}/1.json`)
    await site.ctx.db.updateTable('statements').set({ closed_at: null, state: 'open' }).execute()
    await signAndConfirm(site, slug, someOrganisation({ name: 'Newcomers' }))
    await makeNow(site, slug)
    assert.deepEqual((await get(site, `${base}/1.json`)).bytes, before.bytes)
    const page = await get(site, `${base}/2`)
    assert.match(page.text, /One name was added\. *</)
    assert.match(page.text, /<bdi>Newcomers<\/bdi>/)
    assert.match(page.headers.get('link') ?? '', /editions\/1>; rel="prev"/)
    assert.match((await get(site, `${base}/1`)).headers.get('link') ?? '', /2>; rel="next"/)
  })

  test('loses the name of who withdraws, at once; its address, its numbers and the old hash stay', async () => {
    const old = await get(site, `${base}/1.json`)
    await post(site, joseLink, { decision: 'withdraw' })
    const meanwhile = await get(site, `${base}/1.json`)
    assert.equal(meanwhile.status, 503)
    assert.ok(!(await get(site, `${base}/1`)).text.includes('Ñandú'))
    assert.ok(!(await dumpOf(site)).includes('José María'))
    await site.tidy()
    const redacted = await jsonOf(site, `${base}/1.json`)
    assert.equal(redacted.edition.removed_since, 1)
    assert.equal(redacted.counts['individuals'], 2)
    assert.deepEqual(redacted.signatories.map(({ name }) => name).toSorted(), [
      'GNP+',
      'Harbour Harm Reduction Alliance',
    ])
    for (const language of ['', '/es', '/ar']) {
      for (const path of ['/1', '/1.csv', '/1.json', '/2', '/2.csv', '']) {
        const { status, text } = await get(site, language + base + path)
        assert.equal(status, 200, path)
        assert.ok(!text.includes('Ñandú'), language + path)
      }
    }
    const page = await get(site, `${base}/1`)
    assert.match(page.text, /One name was taken out of this edition/)
    assert.ok(page.text.includes(sha256(old.bytes)), 'the old hash')
    const log = await get(site, base)
    assert.match(log.text, /edition 1: one name was taken out\. Reason: withdrawn/)
  })

  test('is told by its hash: genuine, replaced, altered, or never issued', async () => {
    const file = await get(site, `${base}/1.csv`)
    const check = async (hash: string, name = '') =>
      JSON.parse((await get(site, `/verify.json?sha256=${hash}&name=${name}`)).text) as {
        outcome: string
        number?: number
        newest?: number
      }
    const genuine = await check(sha256(file.bytes))
    assert.deepEqual([genuine.outcome, genuine.number, genuine.newest], ['genuine', 1, 2])
    const page = await get(site, `${base}/1`)
    const former =
      /<time[^>]*>[^<]*<\/time><br><code dir="ltr">([0-9a-f]{64})</.exec(page.text)?.[1] ?? ''
    assert.equal((await check(former)).outcome, 'superseded')
    const other = 'ab'.repeat(32)
    assert.equal((await check(other, `${slug}-edition-1.en.csv`)).outcome, 'altered')
    assert.equal((await check(other)).outcome, 'unknown')
  })

  test('is told by sending the file, and nothing of the file is kept', async () => {
    const { bytes } = await get(site, `${base}/1.json`)
    const send = async (content: Buffer, name = 'list.json') => {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(content)]), name)
      const response = await fetch(`${site.address}/verify`, { method: 'POST', body: form })
      return response.text()
    }
    const before = await dumpOf(site)
    assert.match(await send(bytes), /Genuine\. This is edition 1, unchanged/)
    const altered = Buffer.from(bytes.toString().replace('GNP+', 'GNP-'))
    assert.match(await send(altered), /Altered\. This file says that it is edition 1/)
    const underEmbargo = `EMBARGOED-${slug}-edition-1.en.csv`
    assert.match(await send(Buffer.from('1'), underEmbargo), /says that it is edition 1/)
    const letter = Buffer.from('%PDF-1.7, made anew for each reader')
    assert.match(await send(letter, `${slug}-edition-1.en.pdf`), /PDF files and letters/)
    assert.deepEqual(await dumpOf(site), before)
    assert.equal((await get(site, '/verify?sha256=12')).status, 422)
    assert.equal((await get(site, '/verify.json?sha256=12')).status, 422)
  })
})

test('the panic switch takes the names out of editions, and no name comes back', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  await signAndConfirm(site, slug, somebody({ name: 'Person Who Must Vanish' }))
  await makeNow(site, slug)
  await hideNames(site.ctx, slug, 'individuals', 'test')
  assert.ok(!(await dumpOf(site)).includes('Must Vanish'))
  await site.tidy()
  const { signatories, edition } = await jsonOf(site, `/statements/${slug}/editions/1.json`)
  assert.deepEqual(
    signatories.map(({ name }) => name),
    [harbour['name']],
  )
  assert.equal(edition.removed_since, 1)
})

test('who signed in time and confirms after closing comes into an edition of their own', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, harbour)
  const { token } = await signUp(site, slug, jose)
  await closeStatement(site.ctx, slug)
  await site.tidy()
  site.clock.advance({ hours: 23 })
  await post(site, `/confirm/${token}`, { decision: 'confirm' })
  site.clock.advance({ hours: 2 })
  await site.tidy()
  await site.tidy()
  const base = `/statements/${slug}/editions`
  const { edition, signatories } = await jsonOf(site, `${base}/2.json`)
  assert.deepEqual([edition.reason, signatories.length], ['grace', 2])
  assert.equal((await get(site, `${base}/3`)).status, 404)
})

test('of two who make the closing edition at the same moment one does', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  await closeStatement(site.ctx, slug)
  await Promise.all([issueEditions(site.ctx), issueEditions(site.ctx)])
  const rows = await site.ctx.db.selectFrom('editions').select('number').execute()
  assert.deepEqual(rows, [{ number: 1 }])
  assert.equal((await get(site, `/statements/${slug}/editions/1.csv`)).status, 200)
})

test('whoever withdraws while an edition is being made is in none', async () => {
  const site = await openEditions()
  const slug = await site.publish()
  const people = Array.from({ length: 6 }, (_, n) => somebody({ name: `Leaving Person ${n}` }))
  const tokens = []
  for (const person of people) tokens.push(await signUpAndConfirm(site, slug, person))
  await signUpAndConfirm(site, slug, harbour)
  await Promise.all([
    makeNow(site, slug),
    ...tokens.map((token) => post(site, `/endorsement/${token}`, { decision: 'withdraw' })),
    makeNow(site, slug),
  ])
  await site.tidy()
  for (const number of [1, 2]) {
    const { signatories } = await jsonOf(site, `/statements/${slug}/editions/${number}.json`)
    assert.deepEqual(
      signatories.map(({ name }) => name),
      [harbour['name']],
    )
  }
})
