// Puts a mail into the outbox, in the transaction of what it tells.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { insertMail, renewWaiting } from './outbox-store.ts'
import type { MailKind } from './tables.ts'

export { discardQueued } from './outbox-store.ts'

export interface MailWanted {
  kind: MailKind
  /** the address as it was typed */
  recipient: string
  language: string
  statementId: string | null
  endorsementId: string | null
  /** not before; at once when it is not given */
  dueAt?: Date
}

/** @returns the mail's id, from which its links are made */
export async function queueMail(
  db: Db,
  { vault, clock, random }: Pick<Context, 'vault' | 'clock' | 'random'>,
  wanted: MailWanted,
): Promise<string> {
  const id = random.id()
  const now = clock.now().toISOString()
  await insertMail(db, {
    id,
    state: 'queued',
    kind: wanted.kind,
    statement_id: wanted.statementId,
    endorsement_id: wanted.endorsementId,
    language: wanted.language,
    recipient_sealed: vault.seal('recipient', id, wanted.recipient),
    attempts: 0,
    due_at: wanted.dueAt?.toISOString() ?? now,
    claimed_by: null,
    fault: null,
    created_at: now,
  })
  return id
}

/**
 * The same, unless such a mail about this endorsement waits already: the worker decides only when
 * sending what it says, so one is enough, however often the form is sent (product.md M-5).
 */
export async function queueMailOnce(
  db: Db,
  ctx: Pick<Context, 'vault' | 'clock' | 'random' | 'config'>,
  wanted: MailWanted & { endorsementId: string },
): Promise<void> {
  const isWaiting = ctx.config.hasLimits && (await renewWaiting(db, wanted))
  if (!isWaiting) await queueMail(db, ctx, wanted)
}
