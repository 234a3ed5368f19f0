// The only SQL about asking endorsers whether they stand behind a new text, and about their answers.
import type { ExpressionBuilder, Insertable } from 'kysely'
import type { Db, Tables } from '../db/schema.ts'
import type { EndorsementTables } from './tables.ts'

/** A statement and the number of what it says now (text_versions.meaning). */
export interface Newest {
  statementId: string
  meaning: number
}

type Expressions = ExpressionBuilder<Tables, 'endorsements' | 'text_versions'>

const ofEarlierTexts = (db: Db, { statementId, meaning }: Newest) =>
  db
    .selectFrom('endorsements')
    .innerJoin('text_versions', 'text_versions.id', 'endorsements.text_version_id')
    .where('endorsements.statement_id', '=', statementId)
    .where('text_versions.meaning', '<', meaning)

/** Suspected abuse meets the same mails (product.md S-6). */
const canBeAsked = (eb: Expressions) =>
  eb.and([
    eb('endorsements.state', 'in', ['confirmed', 'held', 'suspect']),
    eb('endorsements.address_sealed', '<>', ''),
    eb('endorsements.contact_forgotten', '=', 0),
  ])

/** Who stands behind an earlier text and has not been asked about the newest. */
export async function findToAsk(db: Db, newest: Newest, limit: number) {
  return ofEarlierTexts(db, newest)
    .select([
      'endorsements.id',
      'endorsements.address_hash',
      'endorsements.address_sealed',
      'endorsements.language',
    ])
    .where(canBeAsked)
    .where('endorsements.asked', '<', newest.meaning)
    .orderBy('endorsements.id')
    .limit(limit)
    .execute()
}

/** Whether somebody who signed an earlier text may still confirm, and is to be asked then. */
export async function hasPending(db: Db, newest: Newest): Promise<boolean> {
  const found = await ofEarlierTexts(db, newest)
    .select('endorsements.id')
    .where('endorsements.state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function markAsked(db: Db, id: string, meaning: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('endorsements')
    .set({ asked: meaning })
    .where('id', '=', id)
    .where('asked', '<', meaning)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function recordReconfirmation(
  db: Db,
  row: Insertable<EndorsementTables['reconfirmations']>,
): Promise<void> {
  await db.insertInto('reconfirmations').values(row).execute()
}

/** With the words that were agreed to; the oldest first. */
export async function listReconfirmations(db: Db, endorsementId: string) {
  return db
    .selectFrom('reconfirmations as r')
    .innerJoin('text_versions as text', 'text.id', 'r.text_version_id')
    .innerJoin('agreed_texts as labels', 'labels.hash', 'r.labels_hash')
    .select(['text.language as text_language', 'text.number as text_version'])
    .select(['text.hash as sha256', 'labels.content as labels'])
    .select(['r.language', 'r.given_at', 'r.method'])
    .where('r.endorsement_id', '=', endorsementId)
    .orderBy('r.given_at')
    .orderBy('text.number')
    .execute()
}
