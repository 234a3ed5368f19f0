// The servers that ours is compared with, each in a process of its own:
// `plain` sends the bytes it was handed from memory, `express` says hello.
import { createServer, type OutgoingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'

/** What the plain server sends, by path; the body in base64. */
export type Recorded = Record<string, { headers: OutgoingHttpHeaders; body: string }>

const makers: Record<string, (recorded: Recorded) => RequestListener> = { plain, express: hello }

function plain(recorded: Recorded): RequestListener {
  const answers = new Map(
    Object.entries(recorded).map(([path, { headers, body }]) => [
      path,
      { headers, body: Buffer.from(body, 'base64') },
    ]),
  )
  return (req, res) => {
    const answer = answers.get(req.url ?? '')
    if (answer) res.writeHead(200, answer.headers).end(answer.body)
    else res.writeHead(404).end()
  }
}

function hello(): RequestListener {
  const app = express()
  app.get('/', (_req, res) => {
    res.send('Hello World!')
  })
  return app as RequestListener
}

process.once('message', (recorded: Recorded) => {
  const make = makers[process.argv[2] ?? '']
  if (!make) throw new Error('Which server?')
  const server = createServer(make(recorded)).listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port)
  })
})
// its parent is gone: nobody is left to measure
process.once('disconnect', () => process.exit())
