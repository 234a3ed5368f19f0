// The only SQL about forgetting contact data (product.md P-9). The same condition finds what is due
// and counts it, so that a dry run tells what will really happen.
import { type ExpressionBuilder } from 'kysely'
import type { Db, Tables } from '../db/schema.ts'

/** Which endorsements are due; `confidential` and `contacts` are of one statement each. */
export type Due =
  | { of: 'withdrawn'; withdrawnBefore: string }
  | { of: 'confidential'; withdrawnBefore: string; statementId: string }
  | {
      of: 'contacts'
      withdrawnBefore: string
      statementId: string
      /** not those who asked for updates */
      onlyWithoutUpdates: boolean
    }

type Expressions = ExpressionBuilder<Tables, 'endorsements'>

function isDue(eb: Expressions, due: Due) {
  const isWithdrawn = eb.and([
    eb('state', '=', 'withdrawn'),
    eb('withdrawn_at', '<', due.withdrawnBefore),
  ])
  if (due.of === 'withdrawn') {
    // also who withdrew long after the rest had been forgotten
    const isLeft = eb.or([eb('contact_forgotten', '=', 0), eb('details_sealed', '<>', '')])
    return eb.and([isWithdrawn, isLeft])
  }
  return eb.and([
    eb('statement_id', '=', due.statementId),
    eb('contact_forgotten', '=', 0),
    eb('state', '<>', 'pending'),
    eb.not(eb.and([isWithdrawn, eb('withdrawn_at', 'is not', null)])),
    eb('visibility', due.of === 'confidential' ? '=' : '<>', 'confidential'),
    ...(due.of === 'contacts' && due.onlyWithoutUpdates
      ? [eb.or([eb('updates', '=', 0), eb('state', '=', 'withdrawn')])]
      : []),
  ])
}

export async function countDue(db: Db, due: Due): Promise<number> {
  const { n } = await db
    .selectFrom('endorsements')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where((eb) => isDue(eb, due))
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function findDue(db: Db, due: Due, limit: number) {
  return db
    .selectFrom('endorsements')
    .select(['id', 'state', 'revision', 'address_hash', 'details_sealed'])
    .where((eb) => isDue(eb, due))
    .orderBy('id')
    .limit(limit)
    .execute()
}
