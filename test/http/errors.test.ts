// What goes wrong is answered with a next step for people, and as problem+json for programs.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { languages, translator } from '../../src/languages/languages.ts'
import { openSite } from '../support/site.ts'
import { harbour } from '../support/people.ts'

describe('errors', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const html = { accept: 'text/html' }
  const form = 'application/x-www-form-urlencoded'
  const get = (path: string, headers: Record<string, string> = html) =>
    fetch(site.address + path, { headers })
  const send = (path: string, body: string, type = form) =>
    fetch(site.address + path, { method: 'POST', body, headers: { ...html, 'content-type': type } })

  /** An address as `fetch` would never send it. */
  async function sendRaw(target: string): Promise<string> {
    const socket = connect(site.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
    )
    return text(socket)
  }

  for (const { code, dir } of languages) {
    test(`the page for what is not there has a next step in ${code}`, async () => {
      const visitor = await site.visitor().open(`/${code}/no/such/page`)
      assert.equal(visitor.status, 404)
      assert.deepEqual([visitor.$('html').attr('lang'), visitor.$('html').attr('dir')], [code, dir])
      const t = translator(code)
      assert.equal(visitor.$('h1').text(), t('error.404.heading'))
      await visitor.follow(t('error.home'))
      assert.deepEqual([visitor.status, visitor.$('html').attr('lang')], [200, code])
    })
  }

  test('are problem+json where JSON was asked for', async () => {
    const asked = [
      get('/no/such/page', { accept: 'application/json' }),
      get('/statements/no-such-statement/count.json', { accept: '*/*' }),
      get('/es/statements/no-such-statement/signatories.json'),
    ]
    for (const response of await Promise.all(asked)) {
      assert.equal(response.status, 404)
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      const { title, status, detail } = (await response.json()) as Record<string, unknown>
      assert.equal(status, 404)
      assert.ok(typeof title === 'string' && typeof detail === 'string')
    }
  })

  const strange: [path: string, status: number][] = [
    ['/statements/%E0%A4%A', 400],
    ['/statements/%00', 404],
    ['/statements/a%00b', 404],
    ['/statements/..%2f..%2fetc%2fpasswd', 404],
    ['/statements/UPPER', 404],
    [`/statements/${'a'.repeat(5000)}`, 404],
    ['/static/%E0%A4%A', 404],
    ['/static/%2e%2e%2fREADME.md', 404],
    ['/confirm/%00', 404],
    ['/endorsement/%00', 404],
    ['/xx/statements', 404],
    ['/EN/', 404],
    ['/de', 404],
    [`/statements/${slug}?text=%00`, 200],
    [`/statements?q=%00%ED%A0%80`, 200],
    [`/statements?q=${'x'.repeat(10_000)}`, 200],
    [`/statements/${slug}/signatories?q=${'%25_'.repeat(2000)}`, 200],
    [`/statements/${slug}/signatories?country=%00&type=__proto__&page=1e9`, 200],
    [`/statements/${slug}/signatories?page=-1`, 200],
    [`/statements/${slug}/signatories?page=9999999`, 200],
    [`/statements/${slug}/signatories?q=a&q=b&q[x]=c`, 200],
    [`/statements/${slug}/endorse?as=__proto__`, 200],
  ]
  for (const [path, status] of strange) {
    test(`${path.slice(0, 60)} is answered with ${status}`, async () => {
      const response = await get(path)
      assert.equal(response.status, status)
      const page = await response.text()
      assert.match(page, /<h1/)
      assert.doesNotMatch(page, /node_modules|Error:|at \w+ \(/)
    })
  }

  test('a page at an address with two slashes does not lead to another site', async () => {
    for (const target of ['//evil.example/x', '/es//evil.example/x', '/\\evil.example/x']) {
      const page = await sendRaw(target)
      assert.match(page, /^HTTP\/1.1 404/)
      assert.doesNotMatch(page, /href="(?:\/\/|\/\\|https?:)[^"]*evil/)
    }
  })

  test('a form sent to a page that takes none is refused, and told which way works', async () => {
    for (const path of ['/', '/statements', `/statements/${slug}`, '/privacy']) {
      const response = await send(path, 'a=b')
      assert.equal(response.status, 405, path)
      assert.equal(response.headers.get('allow'), 'GET, HEAD')
      assert.match(await response.text(), /<h1/)
    }
    const deleted = await fetch(`${site.address}/statements/${slug}/endorse`, { method: 'DELETE' })
    assert.deepEqual([deleted.status, deleted.headers.get('allow')], [405, 'GET, HEAD, POST'])
  })

  test('a form that is too large is refused', async () => {
    const response = await send(`/statements/${slug}/endorse`, `name=${'x'.repeat(100_000)}`)
    assert.equal(response.status, 413)
    assert.match(await response.text(), /<h1/)
    const many = Array.from({ length: 500 }, (_, n) => `f${n}=1`).join('&')
    assert.equal((await send(`/statements/${slug}/endorse`, many)).status, 413)
  })

  test('what is not a form is refused', async () => {
    const path = `/statements/${slug}/endorse`
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      assert.equal((await send(path, JSON.stringify(harbour), type)).status, 415, type)
    }
    assert.equal((await send(path, 'name=x', `${form}; charset=utf-16`)).status, 415)
  })

  test('bytes that are no text are refused as such, not taken for a name', async () => {
    const path = `/statements/${slug}/endorse`
    for (const name of ['%ED%A0%BD', 'Foo+%ff', 'Foo%E2%80', 'Foo+%EF%BF%BD']) {
      const { name: _, ...others } = harbour
      const response = await send(path, `name=${name}&${new URLSearchParams(others).toString()}`)
      assert.equal(response.status, 422, name)
    }
  })

  test('a client that asks for JSON gets problem+json, also behind a private link', async () => {
    for (const path of ['/nothing', '/endorsement/unknown/data.json']) {
      const headers = { Accept: 'application/problem+json' }
      const response = await fetch(site.address + path, { headers })
      assert.equal(response.status, 404)
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.match(response.headers.get('cache-control') ?? '', /no-store/)
    }
  })

  test('a fault of the kind of endorser leads to where it is', async () => {
    const response = await send(`/statements/${slug}/endorse`, 'type=robot')
    const page = await response.text()
    assert.equal(response.status, 422)
    assert.match(page, /href="#type"/)
    assert.match(page, /id="type"/)
  })

  test('a form without anything in it comes back with its faults', async () => {
    assert.equal((await send(`/statements/${slug}/endorse`, '')).status, 422)
    assert.equal(
      (await send(`/statements/${slug}/endorse`, 'name[x]=1&__proto__[a]=1')).status,
      422,
    )
  })

  test('tell a reference, not the reason, when the fault is ours', async () => {
    const broken = await openSite()
    await broken.ctx.db.schema.dropTable('tallies').execute()
    const own = await broken.publish()
    const visitor = await broken.visitor().open(`/statements/${own}`)
    assert.equal(visitor.status, 500)
    const reference = visitor.text('code')
    assert.match(reference, /^[\w-]{8}$/)
    assert.doesNotMatch(visitor.html, /tallies|SQL|relation/i)
    assert.ok(broken.log.some((line) => line.includes(reference) && line.includes('tallies')))
  })
})
