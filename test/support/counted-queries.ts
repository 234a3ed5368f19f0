// Counts what is asked of the database, by listening in: the queries themselves are real.
import { CompiledQuery, type KyselyPlugin } from 'kysely'
import type { Db } from '../../src/db/schema.ts'

export interface CountedQueries {
  db: Db
  /** so far */
  readonly count: number
  /** that came, so far */
  readonly rows: number
  /**
   * Asks PostgreSQL how many rows of tables and indexes it looks at for what was asked since the last time,
   * without what was compiled before (src/db/compile-once.ts).
   */
  lookedAt(): Promise<number>
}

export function countQueries(db: Db): CountedQueries {
  const built: Built[] = []
  let count = 0
  let rows = 0
  const counter: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      built.push({ node, queryId })
      return node
    },
    // here come also those that were compiled before
    async transformResult({ result }) {
      count += 1
      rows += result.rows.length
      return result
    },
  }
  return {
    db: db.withPlugin(counter),
    get count() {
      return count
    },
    get rows() {
      return rows
    },
    lookedAt: () => explain(db, built.splice(0)),
  }
}

type Built = Pick<Parameters<KyselyPlugin['transformQuery']>[0], 'node' | 'queryId'>

interface Plan {
  Plans?: Plan[]
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
}

/** As with a long list: a short one is read as a whole and sorted, which is faster. */
const asIfLong = ['seqscan', 'sort', 'hashagg', 'hashjoin', 'mergejoin', 'bitmapscan']

async function explain(db: Db, asked: Built[]): Promise<number> {
  return db.transaction().execute(async (tx) => {
    for (const way of asIfLong) {
      await tx.executeQuery(CompiledQuery.raw(`set local enable_${way} = off`))
    }
    let sum = 0
    for (const { node, queryId } of asked) {
      const { sql, parameters } = db.getExecutor().compileQuery(node, queryId)
      const query = CompiledQuery.raw(`explain (analyze, format json) ${sql}`, [...parameters])
      const { rows } = await tx.executeQuery<{ 'QUERY PLAN': [{ Plan: Plan }] }>(query)
      for (const row of rows) sum += leavesOf(row['QUERY PLAN'][0].Plan)
    }
    return Math.round(sum)
  })
}

function leavesOf(plan: Plan): number {
  const { Plans: parts = [] } = plan
  if (parts.length > 0) return parts.reduce((sum, part) => sum + leavesOf(part), 0)
  return (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
}
