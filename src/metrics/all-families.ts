// All numbers of /metrics: what this process counted, and what the database says for all processes.
import type { Context } from '../context.ts'
import { databaseBytes } from '../db/size.ts'
import { type QueueState, readQueue } from '../mail/queue.ts'
import { type Family, gauge } from './instruments.ts'

export async function allFamilies(ctx: Context): Promise<Family[]> {
  const listeners = ctx.liveCounts.watching()
  return [
    ...ctx.metrics.families(),
    gauge('undersigned_live_listeners', 'Open live counts.', listeners),
    ...(await databaseFamilies(ctx)),
  ]
}

/** The numbers of this process are told even while the database is away. */
async function databaseFamilies(ctx: Context): Promise<Family[]> {
  try {
    const queue = await readQueue(ctx.db, ctx)
    const bytes = await databaseBytes(ctx.db, ctx.config.database)
    return [
      isUp(1),
      gauge('undersigned_database_bytes', 'The size of the database.', bytes),
      ...outboxFamilies(queue),
    ]
  } catch (fault) {
    ctx.log.error({ err: fault }, 'the database could not be measured')
    return [isUp(0)]
  }
}

const isUp = (value: 0 | 1) =>
  gauge('undersigned_database_up', 'Whether the database answers: 1 or 0.', value)

function outboxFamilies(queue: QueueState[]): Family[] {
  const samples = (value: 'mails' | 'oldestSeconds') =>
    queue.map((each) => ({ labels: { state: each.state }, value: each[value] }))
  const overdue = queue.find(({ state }) => state === 'due')?.overdueSeconds ?? 0
  return [
    gauge(
      'undersigned_outbox_mails',
      'Mails in the outbox: due, later, being sent, to be tried again, failed for good.',
      samples('mails'),
    ),
    gauge(
      'undersigned_outbox_oldest_seconds',
      'The age of the oldest mail in each state.',
      samples('oldestSeconds'),
    ),
    gauge(
      'undersigned_outbox_overdue_seconds',
      'For how long the mail that is due longest has been waiting for a worker.',
      overdue,
    ),
  ]
}
