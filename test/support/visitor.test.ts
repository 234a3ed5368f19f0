import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Visitor } from './visitor.ts'

const page = `<!doctype html><html lang="en"><title>The
  form</title>
<header><form action="/search"><input name="q"><button>Search</button></form></header>
<main><p>Read <a href="/other">the other page</a></p><p>then sign.</p><script>no()</script>
<form method="post" action="/sign?as=individual">
  <input type="hidden" name="type" value="individual">
  <input name="name" value=""><textarea name="note">
one</textarea>
  <select name="country"><option value="">Choose<option value="ke">Kenya<option>fr</select>
  <label><input type="radio" name="visibility" value="listed" checked>Listed</label>
  <label><input type="radio" name="visibility" value="withheld">Withheld</label>
  <input type="checkbox" name="consent" value="yes"><input type="checkbox" name="updates">
  <fieldset disabled><input name="role" value="x"></fieldset>
  <button name="decision" value="confirm">Send</button>
  <button name="decision" value="not-me">Not me</button>
</form></main>`

describe('A visitor without JavaScript', () => {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path === '/hop') response.writeHead(303, { location: '/form', 'set-cookie': 'a=b' })
    else response.setHeader('content-type', 'text/html')
    if (request.method === 'GET' && path !== '/other') return response.end(page)
    return void text(request).then((body) =>
      response.end(
        JSON.stringify({ path, body, origin: request.headers.origin, ...request.headers }),
      ),
    )
  })
  let visitor: Visitor
  const answer = () => JSON.parse(visitor.html) as Record<string, string>

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    visitor = new Visitor(`http://127.0.0.1:${port}`, { language: 'ru' })
  })
  after(() => server.close())

  test('reads the title and the visible text', async () => {
    await visitor.open('/form')
    assert.equal(visitor.title, 'The form')
    assert.match(visitor.text('main'), /^Read the other page then sign\. one/)
  })

  test('sends what a browser would send for a form', async () => {
    await visitor.open('/form')
    visitor.fill({ name: 'Амина', note: 'one\ntwo', country: 'fr' })
    await visitor.choose('visibility', 'withheld').tick('consent').press('Send')
    assert.equal(answer()['path'], '/sign?as=individual')
    assert.equal(answer()['accept-language'], 'ru')
    assert.deepEqual(
      [...new URLSearchParams(answer()['body'])],
      [
        ['type', 'individual'],
        ['name', 'Амина'],
        ['note', 'one\r\ntwo'],
        ['country', 'fr'],
        ['visibility', 'withheld'],
        ['consent', 'yes'],
        ['decision', 'confirm'],
      ],
    )
  })

  test('presses a button by its name and value, whatever the language', async () => {
    await visitor.open('/form')
    await visitor.press('decision=not-me')
    assert.match(answer()['body'] ?? '', /decision=not-me$/)
  })

  test('presses the first button of the main form when none is named', async () => {
    await visitor.open('/form')
    await visitor.press()
    assert.match(answer()['body'] ?? '', /decision=confirm$/)
  })

  test('sends a GET form in the address', async () => {
    await visitor.open('/form')
    await visitor.fill({ q: 'naloxone now' }).press('Search')
    assert.match(visitor.url, /\/search\?q=naloxone\+now$/)
  })

  test('follows links and redirects, and keeps no cookie', async () => {
    await visitor.open('/hop')
    assert.deepEqual(
      visitor.redirects.map(({ status }) => status),
      [303],
    )
    assert.deepEqual(visitor.cookies, ['a=b'])
    await visitor.follow(/other/)
    assert.equal(answer()['path'], '/other')
    assert.equal(answer()['cookie'], undefined)
  })

  test('says what there is when something is missing', async () => {
    await visitor.open('/form')
    assert.throws(() => visitor.fill({ mail: 'x' }), /no field mail\. Fields: q, name, note/)
    assert.throws(() => visitor.choose('country', 'xx'), /only , ke, fr/)
    assert.throws(() => visitor.press('Nope'), /Buttons: Search \| Send \| Not me\n.*The form/)
  })
})
