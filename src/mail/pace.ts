// How fast mails to many people go out, whatever they are about: so that no mail server takes them
// for a flood, they are put into the outbox a minute's worth at a time.
import type { Db } from '../db/schema.ts'
import { countDueBy } from './outbox-store.ts'
import type { MailKind } from './tables.ts'

export const perMinute = 300
const minuteMs = 60_000
const toMany: MailKind[] = ['update', 'reconfirm']

/** How many more may be put into the outbox now. */
export async function roomAt(db: Db, now: Date): Promise<number> {
  const soon = new Date(now.getTime() + minuteMs).toISOString()
  return Math.max(0, perMinute - (await countDueBy(db, toMany, soon)))
}

/** When the nth of those that are put there now is due: spread over the minute. */
export function dueAtTurn(now: Date, n: number): Date {
  return new Date(now.getTime() + Math.floor((n * minuteMs) / perMinute))
}
