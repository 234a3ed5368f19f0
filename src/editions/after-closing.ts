// Whether the list was frozen at closing already: who comes now is late (product.md §2, edition).
import type { Db } from '../db/schema.ts'
import { closedSince, type Times } from '../statements/stored-statement.ts'
import { holdStatement, listEditions } from './edition-store.ts'

/** Exact within a transaction that lists somebody: they are in that edition, or they are late. */
export async function isAfterClosing(tx: Db, statement: Times, now: Date): Promise<boolean> {
  const closed = closedSince(statement, now)
  if (closed === null) return false
  await holdStatement(tx, statement.id)
  const [newest] = await listEditions(tx, statement.id)
  return newest !== undefined && newest.madeAt >= closed.toISOString()
}
