// Lets a server go: answers what has begun, and lets all go who only hold a connection.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const patienceMs = 10_000
/** browsers open connections beforehand; Node takes those for busy until something was said */
const silentMs = 1_000

/** @returns how to let it go; to be called before it listens */
export function openDrain(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const endSilent = () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }

  return async () => {
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
