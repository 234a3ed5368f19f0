// The only SQL about who stands first in the list. The place is kept on the public row alone, so that
// it goes with whoever leaves.
import type { Db } from '../db/schema.ts'
import type { EndorserType, Verification } from '../endorsements/endorsement.ts'

export interface First {
  endorsement_id: string
  statement_id: string
  number: number
  country: string
  verification: Verification
  language: string
  type: EndorserType
  name: string
  first_place: number | null
}

const columns = [
  'endorsement_id',
  'statement_id',
  'number',
  'country',
  'verification',
  'language',
  'type',
  'name',
  'first_place',
] as const satisfies (keyof First)[]

/** Those who stand first now, in their order. */
export async function listFirst(db: Db, statementId: string): Promise<First[]> {
  return db
    .selectFrom('signatories')
    .select(columns)
    .where('statement_id', '=', statementId)
    .where('first_place', 'is not', null)
    .orderBy('first_place')
    .execute()
}

/** Which of these numbers are on the list now. */
export async function listNumbers(
  db: Db,
  statementId: string,
  numbers: number[],
): Promise<Set<number>> {
  if (numbers.length === 0) return new Set()
  const rows = await db
    .selectFrom('signatories')
    .select('number')
    .where('statement_id', '=', statementId)
    .where('number', 'in', numbers)
    .execute()
  return new Set(rows.map(({ number }) => number))
}

/** @returns those who stood first */
export async function clearPlaces(tx: Db, statementId: string): Promise<First[]> {
  return tx
    .updateTable('signatories')
    .set({ first_place: null })
    .where('statement_id', '=', statementId)
    .where('first_place', 'is not', null)
    .returning(columns)
    .execute()
}

/** @returns null when nobody on the list has this number (any more) */
export async function givePlace(
  tx: Db,
  statementId: string,
  number: number,
  place: number,
): Promise<First | null> {
  const row = await tx
    .updateTable('signatories')
    .set({ first_place: place })
    .where('statement_id', '=', statementId)
    .where('number', '=', number)
    .returning(columns)
    .executeTakeFirst()
  return row ?? null
}
