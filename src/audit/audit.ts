// Who did what (not: who signed). Each entry's hash covers the one before, so that nothing can be
// taken out or changed unnoticed. Never personal data: ids, slugs, numbers.
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import {
  append,
  type AuditRow,
  beginning,
  type Head,
  lockHead,
  readHead,
  readLog,
} from './audit-store.ts'

export {
  hasDoneSince,
  listDone,
  lockHead as lockLog,
  readHead,
  readLog as listLog,
  searchLog,
} from './audit-store.ts'

export type Action =
  | 'statement imported'
  | 'statement created'
  | 'statement scheduled'
  | 'settings changed'
  | 'text saved'
  | 'text published'
  | 'deadline moved'
  | 'preview shared'
  | 'preview ended'
  | 'press link made'
  | 'press link ended'
  | 'press contact changed'
  | 'quote added'
  | 'quote taken down'
  | 'statement opened'
  | 'statement closed'
  | 'statement delivered'
  | 'list exported'
  | 'counts put right'
  | 'edition made'
  | 'first signatories chosen'
  | 'consultative status noted'
  | 'names hidden'
  | 'paused'
  | 'resumed'
  | 'key rotated'
  | 'pruned'
  | 'subject exported'
  | 'subject erased'
  | 'mail bounced'
  | 'protected names changed'
  | 'proof of work changed'
  | 'coordinator added'
  | 'coordinator changed'
  | 'coordinator removed'
  | 'signed in'
  | 'second factor set up'
  | 'second factor removed'
  | 'passkey added'
  | 'passkey removed'
  | 'team changed'
  | 'sign-ons imported'
  | 'import rolled back'
  | 'organisations invited'
  | 'invited reminded'
  | 'reminders set'
  | 'invitation removed'
  | 'update sent'
  | 'update paused'
  | 'update resumed'
  | 'update cancelled'
  | 'delivery recorded'
  | 'delivery removed'
  | 'delivery corrected'
  | 'file attached'
  | 'file removed'
  | 'endorsement reviewed'
  | 'review undone'
  | 'endorsements merged'
  | 'pair undone'
  | 'endorsements told apart'
  | 'invalidation prepared'
  | 'invalidation started'
  | 'invalidation cancelled'
  | 'invalidation undone'

export interface Entry {
  /** 'command line', 'system', or a coordinator's id */
  actor: string
  action: Action
  /** what it was done to: a slug, an id, or 'site' */
  subject: string
  detail?: Record<string, string | number | boolean | null>
}

/** In the transaction of what it tells. */
export async function record(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  entry: Entry,
): Promise<void> {
  const head = await lockHead(tx)
  const row = {
    seq: head.seq + 1,
    at: clock.now().toISOString(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    detail: JSON.stringify(entry.detail ?? {}),
    previous_hash: head.hash,
  }
  await append(tx, { ...row, hash: hashOf(row) })
}

/** For what changes nothing else: somebody has taken a copy. */
export async function recordCopy(
  ctx: Pick<Context, 'db' | 'clock'>,
  entry: Entry & { action: 'list exported' | 'subject exported' },
): Promise<void> {
  await ctx.db.transaction().execute((tx) => record(tx, ctx, entry))
}

/** SHA-256 over the JSON array of all fields in their order. */
function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, subject, detail, previous_hash } = row
  const fields = JSON.stringify([seq, at, actor, action, subject, detail, previous_hash])
  return createHash('sha256').update(fields).digest('hex')
}

export type Verified = { ok: true; entries: number } | { ok: false; seq: number; fault: string }

/** Goes through the whole log; tells the first entry that does not fit. The site may go on writing. */
export async function verifyLog(db: Db): Promise<Verified> {
  const before = await readHead(db)
  let last = beginning
  let atHead = beginning.hash
  for await (const row of readLog(db)) {
    const fault = faultOf(row, last)
    if (fault !== null) return fault
    last = { seq: row.seq, hash: row.hash }
    if (row.seq === before.seq) atHead = row.hash
  }
  const after = await readHead(db)
  if (last.seq < before.seq) return broken(last.seq + 1, 'is missing at the end')
  if (last.seq > after.seq) return broken(after.seq + 1, 'was added at the end')
  const isEnd = last.seq < after.seq || last.hash === after.hash
  if (before.hash !== atHead || !isEnd) return broken(last.seq, 'was changed, or one before it')
  return { ok: true, entries: last.seq }
}

function broken(seq: number, fault: string): Verified {
  return { ok: false, seq, fault }
}

function faultOf(row: AuditRow, last: Head): Verified | null {
  if (row.seq <= last.seq) return broken(row.seq, 'was put in')
  if (row.seq > last.seq + 1) return broken(last.seq + 1, 'is missing')
  if (row.hash !== hashOf(row)) return broken(row.seq, 'was changed')
  if (row.previous_hash === last.hash) return null
  return broken(row.seq, 'does not follow the entry before')
}
