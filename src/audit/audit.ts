// Who did what (not: who signed). Each entry's hash covers the one before, so that nothing can be
// taken out or changed unnoticed. Never personal data: ids, slugs, numbers.
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { append, type AuditRow, lockHead, readHead, readLog } from './audit-store.ts'

export { readLog as listLog } from './audit-store.ts'

export type Action =
  | 'statement imported'
  | 'statement opened'
  | 'statement closed'
  | 'statement delivered'
  | 'names hidden'
  | 'paused'
  | 'resumed'
  | 'key rotated'
  | 'pruned'
  | 'subject erased'
  | 'protected names changed'
  | 'proof of work changed'

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

/** SHA-256 over the JSON array of all fields in their order. */
function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, subject, detail, previous_hash } = row
  const fields = JSON.stringify([seq, at, actor, action, subject, detail, previous_hash])
  return createHash('sha256').update(fields).digest('hex')
}

export type Verified = { ok: true; entries: number } | { ok: false; seq: number; fault: string }

/** Goes through the whole log; tells the first entry that does not fit. */
export async function verifyLog(db: Db): Promise<Verified> {
  let expected = { seq: 0, hash: '0'.repeat(64) }
  for await (const row of readLog(db)) {
    if (row.seq !== expected.seq + 1) {
      return { ok: false, seq: expected.seq + 1, fault: 'is missing' }
    }
    if (row.previous_hash !== expected.hash) {
      return { ok: false, seq: row.seq, fault: 'does not follow the entry before' }
    }
    if (row.hash !== hashOf(row)) return { ok: false, seq: row.seq, fault: 'was changed' }
    expected = { seq: row.seq, hash: row.hash }
  }
  const head = await readHead(db)
  if (head.seq !== expected.seq || head.hash !== expected.hash) {
    return { ok: false, seq: expected.seq + 1, fault: 'is missing at the end' }
  }
  return { ok: true, entries: expected.seq }
}
