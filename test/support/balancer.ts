// Stands before several processes of the site as a load balancer does: each request goes to the next.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Balancer {
  address: string
  /** how many requests each process got */
  passed: number[]
  close(): Promise<void>
}

export async function openBalancer(ports: number[]): Promise<Balancer> {
  const passed = ports.map(() => 0)
  let turn = 0
  const server = createServer((req, res) => {
    turn = (turn + 1) % ports.length
    passed[turn] = (passed[turn] ?? 0) + 1
    const { method, url: path, headers } = req
    const onward = request({ host: '127.0.0.1', port: ports[turn], method, path, headers })
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    onward.on('error', () => res.destroy())
    res.on('close', () => onward.destroy())
    req.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
