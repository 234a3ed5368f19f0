// Lets a server go: answers what has begun, and lets all go who only hold a connection.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate, setTimeout as pause } from 'node:timers/promises'

const patienceMs = 10_000
/** browsers open connections beforehand; Node takes those for busy until something was said */
const silentMs = 1_000

/** @param lastCallMs so long everybody is still served, and told to come back on another connection */
export type Drain = (lastCallMs: number) => Promise<void>

/** @returns how to let it go; to be called before it listens */
export function openDrain(server: Server): Drain {
  let isStopping = false
  let accepted = 0
  server.prependListener('request', (_req: IncomingMessage, res: ServerResponse) => {
    if (isStopping) res.shouldKeepAlive = false
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    accepted += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const endSilent = () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }

  /** To close cuts off those who are connected and were not looked at yet: until a turn has brought none. */
  async function everybodyIsIn(): Promise<void> {
    const latest = performance.now() + patienceMs
    for (let before = -1; before !== accepted && performance.now() < latest;) {
      before = accepted
      await setImmediate()
    }
  }

  return async (lastCallMs) => {
    isStopping = true
    await pause(lastCallMs)
    await everybodyIsIn()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // a connection that is kept alive falls idle only when its request is answered
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const silent = setTimeout(endSilent, silentMs)
    const all = setTimeout(() => server.closeAllConnections(), patienceMs)
    await closed
    clearInterval(idle)
    clearTimeout(silent)
    clearTimeout(all)
  }
}
