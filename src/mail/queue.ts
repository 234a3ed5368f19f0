// Puts a mail into the outbox, in the transaction of what it tells.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { insertMail, insertMails, readQueueStates, renewWaiting } from './outbox-store.ts'
import type { MailKind } from './tables.ts'

export { discardQueued, hurryMails } from './outbox-store.ts'

export interface MailWanted {
  kind: MailKind
  /** the address as it was typed */
  recipient: string
  language: string
  statementId: string | null
  endorsementId: string | null
  /** of which update it is a mail */
  updateId?: string
  /** not before; at once when it is not given */
  dueAt?: Date
}

type Needs = Pick<Context, 'vault' | 'clock' | 'random'>

/** @returns the mail's id, from which its links are made */
export async function queueMail(db: Db, ctx: Needs, wanted: MailWanted): Promise<string> {
  const row = rowOf(ctx, wanted)
  await insertMail(db, row)
  return row.id
}

/** Many at once; each is read from the outbox when it is due. */
export async function queueMails(db: Db, ctx: Needs, wanted: MailWanted[]): Promise<void> {
  await insertMails(
    db,
    wanted.map((each) => rowOf(ctx, each)),
  )
}

function rowOf({ vault, clock, random }: Needs, wanted: MailWanted) {
  const id = random.id()
  const now = clock.now().toISOString()
  return {
    id,
    state: 'queued' as const,
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
    update_id: wanted.updateId ?? null,
  }
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

const queueStates = ['due', 'later', 'sending', 'retrying', 'failed'] as const

export interface QueueState {
  state: (typeof queueStates)[number]
  mails: number
  /** the age of the oldest */
  oldestSeconds: number
  /** for how long one has been due; 0 when none is */
  overdueSeconds: number
}

/** All states, also those in which there is no mail. */
export async function readQueue(db: Db, { clock }: Pick<Context, 'clock'>): Promise<QueueState[]> {
  const now = clock.now()
  const since = (instant: string | undefined) =>
    instant === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(instant)) / 1000)
  const rows = await readQueueStates(db, now.toISOString())
  return queueStates.map((state) => {
    const row = rows.find(({ waiting }) => waiting === state)
    return {
      state,
      mails: Number(row?.n ?? 0),
      oldestSeconds: since(row?.oldest),
      overdueSeconds: since(row?.due),
    }
  })
}
