// Plain requests are answered before Node's parser, and never what is part of something else.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { takeShortcut } from '../../src/cache/shortcut.ts'
import { readSimpleRequest } from '../../src/cache/simple-request.ts'
import { until } from '../support/until.ts'

const simple = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n'
const short = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nshort'

/** A server that answers what is plain with `short`, and a connection to it. */
async function open(t: TestContext, listener: RequestListener, answer = Buffer.from(short)) {
  const seen = { short: 0 }
  const server = createServer(listener).listen(0, '127.0.0.1')
  takeShortcut(server, (bytes) => {
    if (!readSimpleRequest(bytes)) return null
    seen.short += 1
    return answer
  })
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => {
    socket.destroy()
    server.close()
  })
  return { seen, server, socket }
}

/** Sends it, and waits for so many answers. */
async function ask(socket: Socket, sent: string, answers = 1): Promise<string[]> {
  let text = ''
  const add = (chunk: Buffer) => void (text += chunk.toString())
  socket.on('data', add)
  socket.write(sent)
  const bodies = await until('all are answered', () => {
    const found = Array.from(text.matchAll(/short|node|form of \d+/g), ([body]) => body)
    return found.length >= answers && found
  })
  socket.off('data', add)
  return bodies
}

const node: RequestListener = (_req, res) => void res.end('node')

async function bodyOf(req: IncomingMessage): Promise<string> {
  return Buffer.concat(await Array.fromAsync(req as AsyncIterable<Buffer>)).toString()
}

/** Answers a form when all of it has come, with its length. */
const forms: RequestListener = (req, res) =>
  void bodyOf(req).then((body) =>
    res.end(req.method === 'POST' ? `form of ${body.length}` : 'node'),
  )

function form(body: string, headers = `Content-Length: ${body.length}\r\n`): string {
  return `POST / HTTP/1.1\r\nHost: a.example\r\n${headers}\r\n${body}`
}

describe('on a connection', () => {
  test('the first request is for the parser, the others are short', async (t) => {
    const { socket } = await open(t, node)
    assert.deepEqual(await ask(socket, simple), ['node'])
    assert.deepEqual(await ask(socket, simple), ['short'])
    assert.deepEqual(await ask(socket, simple), ['short'])
  })

  test('those after a form are short again, unless nobody knows where it ends', async (t) => {
    const { socket } = await open(t, forms)
    assert.deepEqual(await ask(socket, form('a=1')), ['form of 3'])
    assert.deepEqual(await ask(socket, simple), ['short'])
    const pieces = form('3\r\na=1\r\n0\r\n\r\n', 'Transfer-Encoding: chunked\r\n')
    assert.deepEqual(await ask(socket, pieces), ['form of 3'])
    assert.deepEqual(await ask(socket, simple), ['node'])
    assert.deepEqual(await ask(socket, simple), ['node'])
  })

  test('a form that reads like a request is a form', async (t) => {
    const { server, socket } = await open(t, forms)
    const ofTheForm = `form of ${simple.length}`
    assert.deepEqual(await ask(socket, form(simple)), [ofTheForm])
    // in two pieces
    const head = form(simple).slice(0, -simple.length)
    const [asked] = [once(server, 'request'), socket.write(head)]
    await asked
    assert.deepEqual(await ask(socket, simple), [ofTheForm])
  })

  for (const [body, begun] of Object.entries({
    'a form': form('', `Content-Length: ${simple.length * 2}\r\n`),
    'a form in pieces': form('', 'Transfer-Encoding: chunked\r\n'),
    'a form after empty lines': `\r\n\r\n${form('', 'Content-Length: 56\r\n')}`,
  })) {
    test(`the rest of ${body} is not a request, though it is answered already`, async (t) => {
      const { seen, server, socket } = await open(t, node)
      const [ours] = (await once(server, 'connection')) as [Socket]
      assert.deepEqual(await ask(socket, begun), ['node'])
      const [rest] = [once(ours, 'data'), socket.write(simple)]
      await rest
      assert.equal(seen.short, 0)
    })
  }

  test('none overtakes another', async (t) => {
    const waiting: (() => void)[] = []
    const { server, socket } = await open(t, (_req, res) => waiting.push(() => res.end('node')))
    const arrive = async (sent: string) => {
      const [asked] = [once(server, 'request'), socket.write(sent)]
      await asked
    }
    await arrive(simple)
    await arrive(simple)
    const answered = ask(socket, '', 2)
    for (const answer of waiting) answer()
    assert.deepEqual(await answered, ['node', 'node'])
  })

  test('two at once are for the parser', async (t) => {
    const { seen, socket } = await open(t, node)
    await ask(socket, simple)
    assert.deepEqual(await ask(socket, simple + simple, 2), ['node', 'node'])
    assert.equal(seen.short, 0)
  })

  test('one that comes in halves is for the parser', async (t) => {
    const { seen, server, socket } = await open(t, node)
    const [ours] = (await once(server, 'connection')) as [Socket]
    await ask(socket, simple)
    const [half] = [once(ours, 'data'), socket.write(simple.slice(0, 20))]
    await half
    assert.deepEqual(await ask(socket, simple.slice(20)), ['node'])
    assert.equal(seen.short, 0)
  })

  test('who does not read what is sent is not answered for ever', async (t) => {
    const { seen, server, socket } = await open(t, node, Buffer.alloc(1_000_000, 'short'))
    const [ours] = (await once(server, 'connection')) as [Socket]
    await ask(socket, simple)
    socket.pause()
    while (!ours.isPaused() && seen.short < 100) {
      const [taken] = [
        Promise.race([once(ours, 'data'), once(ours, 'pause')]),
        socket.write(simple),
      ]
      await taken
    }
    assert.ok(seen.short < 100, `${seen.short} MB were written for somebody who does not read`)
  })

  test('it is idle when its last answer was short', async (t) => {
    const { server, socket } = await open(t, node)
    await ask(socket, simple)
    assert.deepEqual(await ask(socket, simple), ['short'])
    const closed = once(socket, 'close')
    server.closeIdleConnections()
    await closed
  })
})

const withLines = (...lines: string[]) =>
  ['GET / HTTP/1.1', 'Host: a.example', ...lines, '', ''].join('\r\n')
const read = (text: string) => readSimpleRequest(Buffer.from(text))

describe('a request is plain', () => {
  test('as browsers and proxies send it', () => {
    const asked = read(
      withLines(
        'Accept-Encoding: gzip, br ',
        'if-none-match:"1"',
        'Connection: keep-alive',
        'X: é',
      ),
    )
    assert.equal(asked, null)
    assert.deepEqual(
      read(withLines('Accept-Encoding: gzip, br ', 'if-none-match:"1"', 'X-Forwarded-For: ::1')),
      {
        url: '/',
        headers: { host: 'a.example', 'accept-encoding': 'gzip, br', 'if-none-match': '"1"' },
      },
    )
  })

  const odd: Record<string, string> = {
    'with a body': withLines('Content-Length: 0'),
    'with a body in pieces': withLines('Transfer-Encoding: chunked'),
    'that ends the connection': withLines('Connection: close'),
    'for another protocol': withLines('Connection: upgrade', 'Upgrade: websocket'),
    'that waits for a word': withLines('Expect: 100-continue'),
    'of somebody': withLines('Cookie: a=b'),
    'of somebody with a password': withLines('authorization: Basic eA=='),
    'with a host too many': withLines('Host: b.example'),
    'without a host': 'GET / HTTP/1.1\r\nAccept: */*\r\n\r\n',
    'with a folded line': withLines('X: 1', ' Cookie: a=b'),
    'with a space before the colon': withLines('Cookie : a=b'),
    'with half a line end': withLines('X: 1\nCookie: a=b'),
    'with a NUL': withLines('X: \0'),
    'that is not all there': withLines().slice(0, -2),
    'and the beginning of another': `${withLines()}G`,
    'and another': withLines() + withLines(),
    'of an older protocol': withLines().replace('1.1', '1.0'),
    'for a whole address': withLines().replace('/', 'http://b.example/'),
    'that sends': withLines().replace('GET', 'POST'),
    'that is long': withLines(`X: ${'x'.repeat(5000)}`),
  }
  for (const [what, text] of Object.entries(odd)) {
    test(`but not one ${what}`, () => assert.equal(read(text), null))
  }
})
