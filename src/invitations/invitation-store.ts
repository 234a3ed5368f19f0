// The only SQL about invitations. Whom they are for goes in and comes out sealed.
import type { ExpressionBuilder, Insertable, Selectable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db, Tables } from '../db/schema.ts'
import type { EndorsementState } from '../endorsements/endorsement.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Invitation, InvitationState, Invited, ReminderRules } from './invitation.ts'
import type { InvitationTables } from './tables.ts'

type Row = Selectable<InvitationTables['invitations']>

/** @returns false when this mailbox was invited to this statement already */
export async function insertInvitation(
  db: Db,
  row: Insertable<InvitationTables['invitations']>,
): Promise<boolean> {
  const result = await db
    .insertInto('invitations')
    .values(row)
    .onConflict((conflict) => conflict.column('address_hash').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** By one of its keyed hashes. */
export async function findInvitation(
  db: Db,
  vault: Vault,
  by: { token_hash: string } | { stop_hash: string } | { address_hash: string },
): Promise<Invitation | null> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where((eb) => eb.and(by))
    .executeTakeFirst()
  return row ? open(row, vault) : null
}

function open(row: Row, vault: Vault): Invitation {
  return {
    id: row.id,
    statementId: row.statement_id,
    invited: JSON.parse(vault.open('invitation', row.id, row.details_sealed)) as Invited,
    language: row.language,
    state: row.state,
    reservedUntil: row.reserved_until,
    invitedAt: row.invited_at,
  }
}

/** Refused by the mail server at once, or sent back later. */
function isUndelivered(eb: ExpressionBuilder<Tables & { i: Row }, 'i'>) {
  const refused = eb
    .selectFrom('outbox')
    .select('outbox.id')
    .whereRef('outbox.id', '=', 'i.mail_id')
    .where('outbox.state', '=', 'failed')
  return eb.or([eb('i.bounced_at', 'is not', null), eb.exists(refused)])
}

/**
 * All of some statements, the latest first; with the state of the endorsement that came of it, null when
 * there is none.
 */
export type Listed = Invitation & {
  endorsement: EndorsementState | null
  isUndelivered: boolean
}

export async function listInvitations(
  db: Db,
  vault: Vault,
  statementIds: string[],
): Promise<Listed[]> {
  if (statementIds.length === 0) return []
  const rows = await db
    .selectFrom('invitations as i')
    .leftJoin('endorsements as e', 'e.id', 'i.endorsement_id')
    .selectAll('i')
    .select(['e.state as endorsement'])
    .select((eb) => eb.case().when(isUndelivered(eb)).then(1).else(0).end().as('undelivered'))
    .where('i.statement_id', 'in', statementIds)
    .orderBy('i.invited_at', 'desc')
    .execute()
  return rows.map((row) => ({
    ...open(row, vault),
    endorsement: row.endorsement,
    isUndelivered: row.undelivered === 1,
  }))
}

export async function countInvitations(db: Db, statementId: string): Promise<number> {
  const { n } = await db
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('statement_id', '=', statementId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Who may be reminded: has not answered, or decided to decide by a day that is over. */
export async function listToRemind(
  db: Db,
  vault: Vault,
  wanted: { statementId: string; today: string; mailedBefore: string; most: number },
): Promise<(Invitation & { reminders: number })[]> {
  const rows = await db
    .selectFrom('invitations as i')
    .selectAll('i')
    .where('statement_id', '=', wanted.statementId)
    .where((eb) => eb.not(isUndelivered(eb)))
    .where((eb) =>
      eb.or([
        eb('i.state', '=', 'invited'),
        eb.and([eb('state', '=', 'reserved'), eb('reserved_until', '<', wanted.today)]),
      ]),
    )
    .where('reminders', '<', wanted.most)
    .where('last_mail_at', '<=', wanted.mailedBefore)
    .execute()
  return rows.map((row) => ({ ...open(row, vault), reminders: row.reminders }))
}

/** Of two who press at the same time, one reminds. */
export async function countReminder(
  db: Db,
  { id, reminders }: { id: string; reminders: number },
  now: string,
): Promise<boolean> {
  const result = await db
    .updateTable('invitations')
    .set({ reminders: reminders + 1, last_mail_at: now })
    .where('id', '=', id)
    .where('reminders', '=', reminders)
    .where('state', 'in', ['invited', 'reserved'])
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Only from a state in which that can be answered. */
export async function answerInvitation(
  db: Db,
  id: string,
  answer: { state: InvitationState; reserved_until: string | null },
  from: InvitationState[],
): Promise<boolean> {
  const result = await db
    .updateTable('invitations')
    .set(answer)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * The endorsement that may come of it: signed for another mailbox, and not confirmed yet. One that was
 * there before may be confidential, and nothing must lead to it.
 */
export async function expectEndorsement(db: Db, id: string, endorsementId: string): Promise<void> {
  await db
    .updateTable('invitations')
    .set({ endorsement_id: endorsementId })
    .where('id', '=', id)
    .where('state', '<>', 'endorsed')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('endorsements as e')
          .select('e.id')
          .where('e.id', '=', endorsementId)
          .where('e.state', '=', 'pending'),
      ),
    )
    .execute()
}

type Whose = { addressHash: string; endorsementId: string }

export const setEndorsed = compileOnce((db, { addressHash, endorsementId }: Whose) =>
  db
    .updateTable('invitations')
    .set({ state: 'endorsed', endorsement_id: endorsementId, reserved_until: null })
    .where((eb) =>
      eb.or([eb('address_hash', '=', addressHash), eb('endorsement_id', '=', endorsementId)]),
    ),
)

/** As if nothing had been answered; but there is no reminder left. */
export async function setSilent(
  db: Db,
  whose: Partial<Whose> & { endorsementId: string },
  most: number,
): Promise<void> {
  await db
    .updateTable('invitations')
    .set((eb) => ({
      state: eb
        .case()
        .when('state', '=', 'endorsed')
        .then<InvitationState>('invited')
        .else(eb.ref('state'))
        .end(),
      endorsement_id: null,
      reminders: most,
    }))
    .where((eb) =>
      eb.or([
        eb('endorsement_id', '=', whose.endorsementId),
        ...(whose.addressHash === undefined ? [] : [eb('address_hash', '=', whose.addressHash)]),
      ]),
    )
    .execute()
}

export async function deleteByEndorsement(db: Db, endorsementId: string): Promise<void> {
  await db.deleteFrom('invitations').where('endorsement_id', '=', endorsementId).execute()
}

/** Takes one back that was not answered by endorsing. */
export async function deleteInvitation(db: Db, statementId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('state', '<>', 'endorsed')
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

export async function deleteByHashes(db: Db, addressHashes: string[]): Promise<void> {
  if (addressHashes.length === 0) return
  await db.deleteFrom('invitations').where('address_hash', 'in', addressHashes).execute()
}

export async function listByHashes(
  db: Db,
  vault: Vault,
  addressHashes: string[],
): Promise<Invitation[]> {
  if (addressHashes.length === 0) return []
  const rows = await db
    .selectFrom('invitations')
    .selectAll()
    .where('address_hash', 'in', addressHashes)
    .execute()
  return rows.map((row) => open(row, vault))
}

export async function deleteOfStatements(db: Db, statementIds: string[]): Promise<number> {
  if (statementIds.length === 0) return 0
  const result = await db
    .deleteFrom('invitations')
    .where('statement_id', 'in', statementIds)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function writeRefusal(db: Db, addressHash: string, since: string): Promise<void> {
  await db
    .insertInto('invitation_refusals')
    .values({ address_hash: addressHash, since })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Which of some mailboxes do not want to be invited. */
export async function listRefusals(db: Db, addressHashes: string[]): Promise<Set<string>> {
  if (addressHashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('invitation_refusals')
    .select('address_hash')
    .where('address_hash', 'in', addressHashes)
    .execute()
  return new Set(rows.map((row) => row.address_hash))
}

export async function noteMail(db: Db, id: string, mailId: string): Promise<void> {
  await db.updateTable('invitations').set({ mail_id: mailId }).where('id', '=', id).execute()
}

export async function markBounced(db: Db, mailId: string, at: string): Promise<boolean> {
  const result = await db
    .updateTable('invitations')
    .set({ bounced_at: at })
    .where('mail_id', '=', mailId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function findRules(db: Db, statementId: string): Promise<ReminderRules | null> {
  const row = await db
    .selectFrom('invitation_rules')
    .select(['most_reminders as most', 'days_between as days'])
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row ?? null
}

export async function writeRules(
  db: Db,
  statement_id: string,
  { most, days }: ReminderRules,
): Promise<void> {
  const rules = { most_reminders: most, days_between: days }
  await db
    .insertInto('invitation_rules')
    .values({ statement_id, ...rules })
    .onConflict((conflict) => conflict.column('statement_id').doUpdateSet(rules))
    .execute()
}
