// Contact data goes when it has served (product.md P-9): the address, the contact person, and the
// keyed hashes, so that even with the key nobody can ask whether a mailbox signed. What stays is what
// the privacy notice says: the entry as consented, and the evidence of consent.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { forgetMailTo } from '../mail/forget.ts'
import { listTimes } from '../statements/find-statement.ts'
import { closedSince, graceHours, type Times } from '../statements/stored-statement.ts'
import { countDue, type Due, findDue } from './contact-store.ts'
import type { Details } from './endorsement.ts'
import { changeIfUnchanged } from './endorsement-store.ts'

/** Contact data of those who did not ask for updates stays this long after delivery. */
export const daysAfterDelivery = 30
/** All contact data stays this long after closing. */
export const monthsAfterClosing = 6
/** Of a withdrawn endorsement, everything but the evidence of consent stays this long. */
export const daysAfterWithdrawing = 30

const batch = 200
const dayMs = 86_400_000

export interface Forgotten {
  /** address, contact person and hashes of endorsements whose entry stays */
  contacts: number
  /** the hashes of confidential endorsements */
  confidential: number
  /** name and contact data of withdrawn endorsements */
  withdrawn: number
}

type Needs = Pick<Context, 'db' | 'vault' | 'clock' | 'random'>

/** Batch after batch, each in a transaction of its own, so that nobody has to wait. */
export async function forgetContacts(ctx: Needs, actor: string): Promise<Forgotten> {
  return sumOf(await dueAt(ctx.db, ctx.clock.now()), (due) => forgetAll(ctx, due, actor))
}

/** What forgetContacts would do now. */
export async function countContacts({ db, clock }: Pick<Needs, 'db' | 'clock'>) {
  return sumOf(await dueAt(db, clock.now()), (due) => countDue(db, due))
}

async function sumOf(all: Due[], of: (due: Due) => Promise<number>): Promise<Forgotten> {
  const sum = { contacts: 0, confidential: 0, withdrawn: 0 }
  for (const due of all) sum[due.of] += await of(due)
  return sum
}

async function dueAt(db: Db, now: Date): Promise<Due[]> {
  const withdrawnBefore = new Date(now.getTime() - daysAfterWithdrawing * dayMs).toISOString()
  const ofStatements = (await listTimes(db)).flatMap((times) => dueOf(times, now, withdrawnBefore))
  return [{ of: 'withdrawn', withdrawnBefore }, ...ofStatements]
}

function dueOf(times: Times, now: Date, withdrawnBefore: string): Due[] {
  const closed = closedSince(times, now)
  if (closed === null) return []
  const shared = { statementId: times.id, withdrawnBefore }
  const isAll = areContactsOver(times, now)
  const isDelivered =
    times.deliveredAt !== null &&
    now.getTime() >= Date.parse(times.deliveredAt) + daysAfterDelivery * dayMs
  return [
    ...(areConfidentialOver(times, now) ? [{ of: 'confidential' as const, ...shared }] : []),
    ...(isAll || isDelivered
      ? [{ of: 'contacts' as const, ...shared, onlyWithoutUpdates: !isAll }]
      : []),
  ]
}

/** Whether nobody can be asked any more whether a mailbox signed confidentially. */
export function areConfidentialOver(times: Times, now: Date): boolean {
  const closed = closedSince(times, now)
  return closed !== null && now.getTime() >= closed.getTime() + graceHours * 3_600_000
}

/** Whether nothing that may lead to a person is kept any more, but for the entry as consented. */
export function areContactsOver(times: Times, now: Date): boolean {
  const closed = closedSince(times, now)
  return closed !== null && now >= monthsAfter(closed)
}

/** The same day and time so many months later; of 31 August, the last day of February. */
function monthsAfter(closed: Date): Date {
  const day = closed.getUTCDate()
  const later = new Date(closed)
  later.setUTCDate(1)
  later.setUTCMonth(later.getUTCMonth() + monthsAfterClosing + 1, 0)
  later.setUTCDate(Math.min(day, later.getUTCDate()))
  return later
}

async function forgetAll(ctx: Needs, due: Due, actor: string): Promise<number> {
  let forgotten = 0
  for (;;) {
    const done = await retryDeadlocks(() => forgetSome(ctx, due, actor))
    forgotten += done
    // fewer than found means that somebody was faster: those are found again next time
    if (done < batch) return forgotten
  }
}

async function forgetSome(ctx: Needs, due: Due, actor: string): Promise<number> {
  return ctx.db.transaction().execute(async (tx) => {
    const rows = await findDue(tx, due, batch)
    let done = 0
    for (const row of rows) if (await forget(tx, ctx, row)) done += 1
    await forgetMailTo(tx, [...new Set(rows.map((row) => row.address_hash))])
    if (done > 0) {
      await record(tx, ctx, {
        actor,
        action: 'pruned',
        subject: 'site',
        detail: { [due.of]: done },
      })
    }
    return done
  })
}

type Row = Awaited<ReturnType<typeof findDue>>[number]

async function forget(tx: Db, { vault, random }: Needs, row: Row): Promise<boolean> {
  const addressHash = random.id()
  const keepsName = row.state !== 'withdrawn' && row.details_sealed !== ''
  return changeIfUnchanged(tx, row, {
    address_hash: addressHash,
    capacity_hash: random.id(),
    address_sealed: '',
    details_sealed: keepsName ? sealedAnew(vault, row, addressHash) : '',
    updates: 0,
    contact_forgotten: 1,
  })
}

/** Bound to the new hash, and without the contact person. */
function sealedAnew(vault: Needs['vault'], row: Row, addressHash: string): string {
  const details = JSON.parse(vault.open('details', row.address_hash, row.details_sealed)) as Details
  return vault.seal('details', addressHash, JSON.stringify(withoutContact(details)))
}

export function withoutContact(details: Details): Details {
  return { ...details, contactName: null, contactRole: null }
}
