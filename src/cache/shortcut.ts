// Between the socket and Node's parser: a plain request for a page that is kept is answered in one write
// (docs/adr/0018). All else goes to the parser, and so does whatever comes until that is answered.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

interface Connection {
  /** the parser has nothing begun, and all that it was given is answered */
  isAtRest: boolean
  /** that the parser was given since it was last at rest */
  bytes: number
  /** up to the end of the first head; NaN when it came in pieces */
  head: number
}

/** @param answer the bytes to send; null: it is for the parser */
export function takeShortcut(server: Server, answer: (request: Buffer) => Buffer | null): void {
  const connections = new WeakMap<Socket, Connection>()

  // Node's own listener came first: it sees to time limits, faults and the end of the connection
  server.on('connection', (socket: Socket) => {
    const [parse, ...more] = socket.listeners('data')
    if (parse === undefined || more.length > 0) return
    // the first request is the parser's: from then on Node knows when the connection is idle
    const connection = { isAtRest: false, bytes: 0, head: NaN }
    connections.set(socket, connection)
    socket.removeListener('data', parse as () => void)
    socket.on('data', (chunk: Buffer) => {
      const bytes = connection.isAtRest && isReady(socket) ? answer(chunk) : null
      if (bytes) return void socket.write(bytes)
      note(connection, chunk)
      parse.call(socket, chunk)
    })
  })

  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const connection = connections.get(req.socket)
    if (!connection) return
    res.once('close', () => {
      if (req.complete && isAll(connection, req)) rest(connection)
    })
  })
}

function rest(connection: Connection): void {
  Object.assign(connection, { isAtRest: true, bytes: 0, head: NaN })
}

function note(connection: Connection, chunk: Buffer): void {
  const end = chunk.indexOf('\r\n\r\n')
  if (connection.bytes === 0 && end !== -1) connection.head = end + 4
  connection.bytes += chunk.length
  connection.isAtRest = false
}

/** What was sent before has been taken: who does not read is not answered any faster. */
function isReady(socket: Socket): boolean {
  return socket.writable && socket.writableLength === 0
}

/** The parser was given this request, and not one byte that is not of it. */
function isAll({ bytes, head }: Connection, { headers }: IncomingMessage): boolean {
  const body = Number(headers['content-length'] ?? 0)
  return headers['transfer-encoding'] === undefined && bytes === head + body
}
