// Whether a fault means that the database is away, full or busy: nothing was changed, and the same will
// work again later. Everything else is a bug.

const sqlite = /^SQLITE_(?:FULL|BUSY|LOCKED|IOERR|CANTOPEN|READONLY)/
// PostgreSQL's classes and codes: connection, resources (disk, memory, connections), input and output;
// a server that stops or starts, or is only read from; and what the transaction of another stood against
const postgres = /^(?:08...|53...|58030|57P0[1-4]|25006|40001|40P01|55P03|57014)$/
const network =
  /^E(?:CONN(?:REFUSED|RESET)|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND)$/
const disk = /^E(?:NOSPC|DQUOT|IO)$/
// faults of pg that have no code
const unconnected =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/

interface SystemFault extends Error {
  code?: unknown
  syscall?: unknown
  /** PostgreSQL: FATAL means that it took no connection, or ended it */
  severity?: unknown
}

export function isAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  const { code, syscall, severity, message } = thrown as SystemFault
  if (severity === 'FATAL' || severity === 'PANIC' || syscall === 'connect') return true
  if (typeof code !== 'string') return unconnected.test(message)
  return [sqlite, postgres, network, disk].some((codes) => codes.test(code))
}
