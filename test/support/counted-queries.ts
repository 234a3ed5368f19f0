// Counts what is asked of the database, by listening in: the queries themselves are real.
import type { KyselyPlugin } from 'kysely'
import type { Db } from '../../src/db/schema.ts'

export interface CountedQueries {
  db: Db
  /** so far */
  readonly count: number
}

export function countQueries(db: Db): CountedQueries {
  let count = 0
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    // here come also those that were compiled before
    transformResult: async ({ result }) => {
      count += 1
      return result
    },
  }
  return {
    db: db.withPlugin(counter),
    get count() {
      return count
    },
  }
}
