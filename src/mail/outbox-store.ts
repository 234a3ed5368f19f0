// The only SQL about mails that wait: queueing, claiming, finishing (product.md §2, outbox).
import { type Insertable, type Selectable, sql } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { MailKind, MailTables } from './tables.ts'

export type OutboxRow = Selectable<MailTables['outbox']>

export const insertMail = compileOnce((db, row: Insertable<MailTables['outbox']>) =>
  db.insertInto('outbox').values(row),
)

/** Many at once. */
export async function insertMails(db: Db, rows: Insertable<MailTables['outbox']>[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('outbox').values(rows).execute()
}

/** Gives a mail that waits untried the language of the latest form; false when there is none. */
export async function renewWaiting(
  db: Db,
  { kind, endorsementId, language }: { kind: MailKind; endorsementId: string; language: string },
): Promise<boolean> {
  const { numAffectedRows } = await writeLanguage(db, kind, endorsementId, language)
  return (numAffectedRows ?? 0n) > 0n
}

const writeLanguage = compileOnce((db, kind: MailKind, endorsementId: string, language: string) =>
  db
    .updateTable('outbox')
    .set({ language })
    .where('endorsement_id', '=', endorsementId)
    .where('kind', '=', kind)
    .where('state', '=', 'queued')
    .where('attempts', '=', 0),
)

/** Those of a kind that were to be looked at again later are looked at now. */
export async function hurryMails(
  db: Db,
  { kind, statementId, now }: { kind: MailKind; statementId: string; now: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ due_at: now })
    .where('statement_id', '=', statementId)
    .where('kind', '=', kind)
    .where('state', '=', 'queued')
    .where('due_at', '>', now)
    .execute()
}

/**
 * Takes due mails for one worker by a conditional update; a claim that is not renewed until
 * `leaseUntil` (its worker died) falls due again.
 */
export async function claimDue(
  db: Db,
  claim: { worker: string; now: string; leaseUntil: string; limit: number },
): Promise<OutboxRow[]> {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where('state', 'in', ['queued', 'claimed'])
    .where('due_at', '<=', claim.now)
    .orderBy('due_at')
    .limit(claim.limit)
  return db
    .updateTable('outbox')
    .set((eb) => ({
      state: 'claimed',
      claimed_by: claim.worker,
      due_at: claim.leaseUntil,
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', 'in', due)
    .where('state', 'in', ['queued', 'claimed'])
    .where('due_at', '<=', claim.now)
    .returningAll()
    .execute()
}

export async function renewClaims(db: Db, worker: string, leaseUntil: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ due_at: leaseUntil })
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', worker)
    .execute()
}

/**
 * What was queued or claimed at an instant that is still to come, by a clock that was wrong then, falls due
 * as if it had happened now.
 */
export async function bringBack(
  db: Db,
  { now, toCome, leaseUntil }: { now: string; toCome: string; leaseUntil: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ created_at: now, due_at: now })
    .where('state', '=', 'queued')
    .where('created_at', '>', toCome)
    .execute()
  await db
    .updateTable('outbox')
    .set({ created_at: now, due_at: leaseUntil })
    .where('state', '=', 'claimed')
    .where('due_at', '>', toCome)
    .execute()
}

export const deleteMail = compileOnce((db, id: string) =>
  db.deleteFrom('outbox').where('id', '=', id),
)

const countSent = compileOnce((db, statement_id: string, kind: MailKind) =>
  db
    .insertInto('mail_tallies')
    .values({ statement_id, kind, sent: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['statement_id', 'kind'])
        .doUpdateSet((eb) => ({ sent: eb('mail_tallies.sent', '+', 1) })),
    ),
)

/** Sent: the mail is forgotten, and one more is counted for its statement. */
export async function noteSent(
  tx: Db,
  { id, statement_id, kind }: Pick<OutboxRow, 'id' | 'statement_id' | 'kind'>,
): Promise<void> {
  await deleteMail(tx, id)
  if (statement_id !== null) await countSent(tx, statement_id, kind)
}

export async function queueAgain(
  db: Db,
  id: string,
  again: { dueAt: string; attempts: number; fault: string | null },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: 'queued',
      claimed_by: null,
      due_at: again.dueAt,
      attempts: again.attempts,
      fault: again.fault,
    })
    .where('id', '=', id)
    .execute()
}

/** Keeps that a mail failed for good, without keeping for whom. */
export async function giveUp(db: Db, id: string, fault: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'failed', claimed_by: null, recipient_sealed: '', fault })
    .where('id', '=', id)
    .execute()
}

/** Mails of some kinds that will be due by an instant. */
export async function countDueBy(db: Db, kinds: MailKind[], instant: string): Promise<number> {
  const { n } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('kind', 'in', kinds)
    .where('state', 'in', ['queued', 'claimed'])
    .where('due_at', '<=', instant)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Mails that are due, wait for later or for another try, are being sent, or failed for good. */
export async function readQueueStates(db: Db, now: string) {
  const { rows } = await sql<{
    waiting: string
    n: number | string
    oldest: string
    due: string
  }>`
    select waiting, count(*) as n, min(created_at) as oldest, min(due_at) as due from (
      select created_at, due_at, case
        when state = 'failed' then 'failed'
        when state = 'claimed' then 'sending'
        when due_at <= ${now} then 'due'
        when attempts > 0 then 'retrying'
        else 'later' end as waiting
      from outbox
    ) as mails
    group by waiting
  `.execute(db)
  return rows
}

/** To whom mails wait; those that failed for good have no recipient any more. */
export async function listRecipients(
  db: Db,
): Promise<Pick<OutboxRow, 'id' | 'recipient_sealed'>[]> {
  return db
    .selectFrom('outbox')
    .select(['id', 'recipient_sealed'])
    .where('recipient_sealed', '<>', '')
    .execute()
}

/** For the demo only: its made-up past sends no mails. */
export async function discardQueued(db: Db): Promise<void> {
  await db.deleteFrom('outbox').execute()
}

export async function deleteFailedBefore(db: Db, instant: string): Promise<number> {
  const result = await db
    .deleteFrom('outbox')
    .where('state', '=', 'failed')
    .where('created_at', '<', instant)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
