// The only SQL about who gets an update. One row for each endorsement and update: the key that makes
// it one mail each, however often the sending is begun again.
import type { ExpressionBuilder } from 'kysely'
import type { Db, Tables } from '../db/schema.ts'
import type { RecipientOutcome } from './tables.ts'
import type { Mails } from './update.ts'

/** Suspected abuse meets the same mails (product.md S-6). */
const reached = ['confirmed', 'held', 'suspect'] as const

function wantsUpdates(eb: ExpressionBuilder<Tables, 'endorsements'>, statementId: string) {
  return eb.and([
    eb('endorsements.statement_id', '=', statementId),
    eb('endorsements.updates', '=', 1),
    eb('endorsements.contact_forgotten', '=', 0),
    eb('endorsements.address_sealed', '<>', ''),
    eb('endorsements.confirmed_at', 'is not', null),
    eb('endorsements.state', 'in', [...reached]),
  ])
}

/** How many mailboxes an update reaches now. */
export async function countReached(db: Db, statementId: string): Promise<number> {
  const { n } = await db
    .selectFrom('endorsements')
    .select((eb) => eb.fn.count<number | string>('address_hash').distinct().as('n'))
    .where((eb) => wantsUpdates(eb, statementId))
    .executeTakeFirstOrThrow()
  return Number(n)
}

interface Sending {
  id: string
  statementId: string
  sentAt: string
}

function notReached(db: Db, { id, statementId, sentAt }: Sending) {
  return db
    .selectFrom('endorsements')
    .where((eb) => wantsUpdates(eb, statementId))
    .where('endorsements.confirmed_at', '<=', sentAt)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('update_recipients as r')
            .select('r.update_id')
            .where('r.update_id', '=', id)
            .whereRef('r.endorsement_id', '=', 'endorsements.id'),
        ),
      ),
    )
}

/** Who asked for updates, had confirmed before it was sent, and has no row yet. */
export async function findNext(db: Db, sending: Sending, limit: number) {
  return notReached(db, sending)
    .select(['id', 'address_hash', 'address_sealed', 'language'])
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countNext(db: Db, sending: Sending): Promise<number> {
  const { n } = await notReached(db, sending)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Mailboxes, by their hashes, that have been sent this update for another endorsement. */
export async function findMailed(
  db: Db,
  updateId: string,
  addressHashes: string[],
): Promise<Set<string>> {
  if (addressHashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('update_recipients as r')
    .innerJoin('endorsements as e', 'e.id', 'r.endorsement_id')
    .select('e.address_hash')
    .where('r.update_id', '=', updateId)
    .where('r.outcome', '=', 'mailed')
    .where('e.address_hash', 'in', addressHashes)
    .execute()
  return new Set(rows.map((row) => row.address_hash))
}

/** false: there is one already */
export async function addRecipient(
  db: Db,
  row: { updateId: string; endorsementId: string; outcome: RecipientOutcome },
): Promise<boolean> {
  const result = await db
    .insertInto('update_recipients')
    .values({ update_id: row.updateId, endorsement_id: row.endorsementId, outcome: row.outcome })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Whoever signed twice with the same mailbox and still wants it for the other is found again. */
export async function dropRecipient(
  db: Db,
  updateId: string,
  { id, addressHash }: { id: string; addressHash: string },
): Promise<void> {
  await db
    .updateTable('update_recipients')
    .set({ outcome: 'dropped' })
    .where('update_id', '=', updateId)
    .where('endorsement_id', '=', id)
    .execute()
  await db
    .deleteFrom('update_recipients')
    .where('update_id', '=', updateId)
    .where('outcome', '=', 'twin')
    .where('endorsement_id', 'in', (eb) =>
      eb.selectFrom('endorsements').select('id').where('address_hash', '=', addressHash),
    )
    .execute()
}

/** Where the mails of an update are; `waiting` and `failed` are still in the outbox. */
export async function countMails(db: Db, updateId: string): Promise<Mails & { waiting: number }> {
  const outcomes = await db
    .selectFrom('update_recipients')
    .select((eb) => ['outcome', eb.fn.countAll<number | string>().as('n')])
    .where('update_id', '=', updateId)
    .groupBy('outcome')
    .execute()
  const states = await db
    .selectFrom('outbox')
    .select((eb) => ['state', eb.fn.countAll<number | string>().as('n')])
    .where('update_id', '=', updateId)
    .where('kind', '=', 'update')
    .groupBy('state')
    .execute()
  const had = (outcome: RecipientOutcome) =>
    Number(outcomes.find((row) => row.outcome === outcome)?.n ?? 0)
  const failed = Number(states.find(({ state }) => state === 'failed')?.n ?? 0)
  const inOutbox = states.reduce((sum, { n }) => sum + Number(n), 0)
  return {
    sent: Math.max(0, had('mailed') - inOutbox),
    failed,
    dropped: had('dropped'),
    waiting: inOutbox - failed,
  }
}

export async function deleteRecipients(db: Db, updateId: string): Promise<void> {
  await db.deleteFrom('update_recipients').where('update_id', '=', updateId).execute()
}
