// Use cases: all that is stored about one mailbox, to hand over or to erase. Only what its address
// still leads to can be found: not what was destroyed, such as the contact data of old campaigns.
import { record, recordCopy } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import { forgetMailTo } from '../mail/forget.ts'
import { batchesOf, deleteSheets, sheetsNaming } from '../imports/subject-imports.ts'
import { forgetCriteriaNaming } from '../invalidations/subject-criteria.ts'
import { deleteInvitationsTo, invitationsTo } from '../invitations/subject-invitations.ts'
import { deleteMails, findMailsOf, type MailsOf } from '../mail/mail-of.ts'
import { ecosocStatusOf } from '../packs/set-ecosoc.ts'
import { reportsOf } from '../reports/reported.ts'
import { reviewsOf } from '../review/subject-reviews.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { addressHashOf } from './capacity.ts'
import type { Endorsement } from './endorsement.ts'
import { findAllByAddress, listSuppressed } from './endorsement-store.ts'
import { eraseIn } from './manage.ts'
import { ownData } from './own-data.ts'

export interface Subject {
  endorsements: { statement: Statement; endorsement: Endorsement }[]
  mails: MailsOf
  invitations: Awaited<ReturnType<typeof invitationsTo>>
  /** ids of lists that wait to be brought in, and name this mailbox */
  sheets: string[]
  /** slugs of the statements about which this mailbox asked not to be written to (product.md M-2) */
  suppressed: string[]
  /** keyed hashes under which mails to it were counted */
  hashes: string[]
}

export async function findSubject(ctx: Context, address: EmailAddress): Promise<Subject> {
  const { canonical } = address
  const byHash = new Map(
    (await listAllStatements(ctx.db)).map((statement) => [
      addressHashOf(ctx.vault, statement.id, canonical),
      statement,
    ]),
  )
  const hashes = [...byHash.keys()]
  const found = await findAllByAddress(ctx.db, ctx.vault, hashes)
  const suppressed = await listSuppressed(ctx.db, hashes, ctx.clock.now().toISOString())
  return {
    endorsements: found.map((endorsement) => ({
      statement: byHash.get(endorsement.addressHash) as Statement,
      endorsement,
    })),
    mails: await findMailsOf(ctx.db, ctx.vault, canonical),
    invitations: await invitationsTo(
      ctx,
      [...byHash.values()].map(({ id }) => id),
      canonical,
    ),
    sheets: await sheetsNaming(ctx, canonical),
    suppressed: [...suppressed].map((hash) => byHash.get(hash)?.slug ?? ''),
    hashes: [...hashes, addressHashOf(ctx.vault, 'site', canonical)],
  }
}

export async function exportSubject(ctx: Context, address: EmailAddress, actor = 'system') {
  const { endorsements, mails, invitations, sheets, suppressed } = await findSubject(ctx, address)
  const entries = []
  for (const { statement, endorsement } of endorsements) {
    const atTheDesk = await writtenAbout(ctx, endorsement.id)
    entries.push({ slug: statement.slug, ...(await ownData(ctx, endorsement)), ...atTheDesk })
  }
  const detail = { endorsements: entries.length }
  await recordCopy(ctx, { actor, action: 'subject exported', subject: 'site', detail })
  return {
    address: address.typed,
    as_of: ctx.clock.now().toISOString(),
    endorsements: entries,
    invitations: invitations.invitations.map(({ invited, language, state, invitedAt }) => ({
      ...invited,
      language,
      state,
      invited_at: invitedAt,
    })),
    lists_waiting_to_be_imported: sheets.length,
    mails_waiting: mails.outbox.length,
    no_more_mail_about: suppressed,
    note:
      'Found by the address. What the address no longer leads to is not here: confidential ' +
      'endorsements after closing, and endorsements whose contact data has been deleted. ' +
      'Only the private link in the mail leads to those.',
  }
}

/** What coordinators wrote and decided, and what was reported. */
async function writtenAbout(ctx: Context, id: string) {
  const reviews = await reviewsOf(ctx, [id])
  const [batch] = await batchesOf(ctx.db, ctx.vault, [id])
  return {
    reviews: reviews.map(({ at, decision, reason, note }) => ({ at, decision, reason, note })),
    reports: await reportsOf(ctx, id),
    brought_in: batch ? { at: batch.created_at, evidence: batch.evidence } : null,
    ecosoc_status: await ecosocStatusOf(ctx.db, id),
  }
}

class ChangedMeanwhile extends Error {}

/**
 * Takes everything out of public view and deletes it, all or nothing. The mark that the mailbox wants
 * no mail stays: without it, it would be written to again.
 * @returns how many endorsements were erased
 */
export async function eraseSubject(
  ctx: Context,
  address: EmailAddress,
  actor: string,
): Promise<number> {
  for (;;) {
    const subject = await findSubject(ctx, address)
    try {
      await retryDeadlocks(() =>
        ctx.db.transaction().execute((tx) => eraseAll(tx, ctx, subject, actor)),
      )
    } catch (fault) {
      if (fault instanceof ChangedMeanwhile) continue
      throw fault
    }
    await scrub(ctx.db, ctx.config.database.kind)
    return subject.endorsements.length
  }
}

async function eraseAll(tx: Db, ctx: Context, subject: Subject, actor: string): Promise<void> {
  for (const { endorsement } of inOrder(subject)) {
    if (!(await eraseIn(tx, ctx, endorsement))) throw new ChangedMeanwhile()
  }
  await forgetCriteriaNaming(
    tx,
    ctx,
    subject.endorsements.map(({ endorsement }) => endorsement),
  )
  await deleteSheets(tx, subject.sheets)
  await deleteMails(tx, subject.mails)
  await deleteInvitationsTo(tx, subject.invitations.hashes)
  await forgetMailTo(tx, subject.hashes)
  const detail = { endorsements: subject.endorsements.length, mails: subject.mails.outbox.length }
  await record(tx, ctx, { actor, action: 'subject erased', subject: 'site', detail })
}

/** The order of the cells of the counts, so that two who change several never wait for each other. */
function inOrder({ endorsements }: Subject): Subject['endorsements'] {
  return endorsements.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

function placeOf({ endorsement }: Subject['endorsements'][number]): string {
  const { statementId, type, visibility, country } = endorsement
  return `${statementId} ${type} ${visibility} ${country}`
}
