// Reading editions, for other features.
import type { Context } from '../context.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { listEditions } from './edition-store.ts'

/** The newest first. */
export async function editionsOf({ db }: Pick<Context, 'db'>, { id }: Pick<Statement, 'id'>) {
  return listEditions(db, id)
}
