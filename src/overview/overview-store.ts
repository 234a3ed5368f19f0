// The only SQL about the overview of a statement: numbers, nothing sealed is read.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorsementState, EndorserType } from '../endorsements/endorsement.ts'

type Count = number | string

export interface StateCount {
  state: EndorsementState
  type: EndorserType
  n: number
}

export async function countStates(db: Db, statementId: string): Promise<StateCount[]> {
  const rows = await db
    .selectFrom('endorsements')
    .select((eb) => ['state', 'type', eb.fn.countAll<Count>().as('n')])
    .where('statement_id', '=', statementId)
    .groupBy(['state', 'type'])
    .execute()
  return rows.map(({ state, type, n }) => ({ state, type, n: Number(n) }))
}

export interface DayCount {
  /** in UTC: 2026-11-21 */
  day: string
  type: EndorserType
  n: number
}

/** On which days those who are counted now were confirmed. */
export async function countDays(db: Db, statementId: string): Promise<DayCount[]> {
  const day = sql<string>`substr(confirmed_at, 1, 10)`
  const rows = await db
    .selectFrom('endorsements')
    .select((eb) => [day.as('day'), 'type', eb.fn.countAll<Count>().as('n')])
    .where('statement_id', '=', statementId)
    .where('state', '=', 'confirmed')
    .where('confirmed_at', 'is not', null)
    .groupBy([day, 'type'])
    .orderBy('day')
    .execute()
  return rows.map(({ day: on, type, n }) => ({ day: on, type, n: Number(n) }))
}

export interface PlaceCount {
  /** a country or a language */
  code: string
  type: EndorserType
  n: number
}

/**
 * Those who are counted, by country or language. Confidential ones are left out: they are a number
 * only, and a small cell would tell more (product.md P-11).
 */
export async function countPlaces(
  db: Db,
  statementId: string,
  by: 'country' | 'language',
): Promise<PlaceCount[]> {
  const rows = await db
    .selectFrom('endorsements')
    .select((eb) => [eb.ref(by).as('code'), 'type', eb.fn.countAll<Count>().as('n')])
    .where('statement_id', '=', statementId)
    .where('state', '=', 'confirmed')
    .where('visibility', '<>', 'confidential')
    .groupBy([by, 'type'])
    .execute()
  return rows.map(({ code, type, n }) => ({ code, type, n: Number(n) }))
}

export async function countConfidential(db: Db, statementId: string): Promise<number> {
  const row = await db
    .selectFrom('endorsements')
    .select((eb) => eb.fn.countAll<Count>().as('n'))
    .where('statement_id', '=', statementId)
    .where('state', '=', 'confirmed')
    .where('visibility', '=', 'confidential')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export interface MailCounts {
  /** taken by the mail server */
  sent: number
  /** not tried yet */
  waiting: number
  /** tried without success, and tried again */
  failing: number
  /** given up in the last 30 days */
  failed: number
}

export async function countMails(db: Db, statementId: string): Promise<MailCounts> {
  const tallies = await db
    .selectFrom('mail_tallies')
    .select((eb) => eb.fn.sum<Count | null>('sent').as('n'))
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  const isRetried = sql<number>`case when fault is null then 0 else 1 end`
  const rows = await db
    .selectFrom('outbox')
    .select((eb) => ['state', isRetried.as('retried'), eb.fn.countAll<Count>().as('n')])
    .where('statement_id', '=', statementId)
    .groupBy(['state', isRetried])
    .execute()
  const total = (of: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(of).reduce((sum, { n }) => sum + Number(n), 0)
  return {
    sent: Number(tallies?.n ?? 0),
    waiting: total(({ state, retried }) => state !== 'failed' && retried === 0),
    failing: total(({ state, retried }) => state !== 'failed' && retried === 1),
    failed: total(({ state }) => state === 'failed'),
  }
}

export interface TextCount {
  language: string
  number: number
  meaning: number
  type: EndorserType
  n: number
}

/** Which texts those who are counted stand behind, the newest first; without confidential ones, as above. */
export async function countTexts(db: Db, statementId: string): Promise<TextCount[]> {
  const rows = await db
    .selectFrom('text_versions as t')
    .innerJoin('endorsements as e', 'e.text_version_id', 't.id')
    .select((eb) => [
      't.language',
      't.number',
      't.meaning',
      'e.type',
      eb.fn.countAll<Count>().as('n'),
    ])
    .where('t.statement_id', '=', statementId)
    .where('e.state', '=', 'confirmed')
    .where('e.visibility', '<>', 'confidential')
    .groupBy(['t.language', 't.number', 't.meaning', 'e.type'])
    .orderBy('t.meaning', 'desc')
    .orderBy('t.language')
    .orderBy('t.number', 'desc')
    .execute()
  return rows.map(({ n, ...row }) => ({ ...row, n: Number(n) }))
}
