// Puts a mail into the outbox, in the transaction of what it tells.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { insertMail } from './outbox-store.ts'
import type { MailKind } from './tables.ts'

export { discardQueued } from './outbox-store.ts'

export interface MailWanted {
  kind: MailKind
  /** the address as it was typed */
  recipient: string
  language: string
  statementId: string | null
  endorsementId: string | null
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
    due_at: now,
    claimed_by: null,
    fault: null,
    created_at: now,
  })
  return id
}
