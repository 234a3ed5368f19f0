// Lets a server go: answers what has begun, and lets all go who only hold a connection.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate, setTimeout as pause } from 'node:timers/promises'

const patienceMs = 10_000
/** browsers open connections beforehand; Node takes those for busy until something was said */
const silentMs = 1_000
/** in which hardly anybody sends something; a process that is overrun may not have such a moment */
const quickMs = 0.2
const quietMs = 3_000

/** @param lastCallMs so long everybody is still served, and told to come back on another connection */
export type Drain = (lastCallMs: number) => Promise<void>

/** @returns how to let it go, and whether that has begun; to be called before it listens */
export function openDrain(server: Server): { drain: Drain; isStopping: () => boolean } {
  let isStopping = false
  let accepted = 0
  const unanswered = new Set<ServerResponse>()
  server.prependListener('request', (_req: IncomingMessage, res: ServerResponse) => {
    if (isStopping) res.shouldKeepAlive = false
    unanswered.add(res)
    res.once('close', () => unanswered.delete(res))
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

  /**
   * To close cuts off whoever is connected and was not looked at yet, and whose request has come and was
   * not read yet. So it is waited for a look at all that finds nobody new, and takes no time.
   */
  async function everybodyIsIn(): Promise<void> {
    const latest = performance.now() + quietMs
    await setImmediate()
    for (;;) {
      const [before, since] = [accepted, performance.now()]
      await setImmediate()
      const now = performance.now()
      if ((before === accepted && now - since < quickMs) || now > latest) return
    }
  }

  async function drain(lastCallMs: number): Promise<void> {
    isStopping = true
    for (const res of unanswered) res.shouldKeepAlive = false
    await pause(lastCallMs)
    await everybodyIsIn()
    const closed = new Promise<boolean>((resolve) => server.close(() => resolve(true)))
    const silent = setTimeout(endSilent, silentMs)
    const all = setTimeout(() => server.closeAllConnections(), patienceMs)
    // a connection that is kept alive falls idle only when its request is answered
    while (!(await Promise.race([closed, pause(50, false)]))) {
      await everybodyIsIn()
      server.closeIdleConnections()
    }
    clearTimeout(silent)
    clearTimeout(all)
  }

  return { drain, isStopping: () => isStopping }
}
