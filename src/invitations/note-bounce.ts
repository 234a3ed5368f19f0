// Use case: the mail of an invitation came back for good. Coordinators see it beside the invitation, and
// its mailbox is not reminded.
import type { Context } from '../context.ts'
import { markBounced } from './invitation-store.ts'

/** @returns false when it is no mail of an invitation */
export async function noteInvitationBounce(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  mailId: string,
): Promise<boolean> {
  return markBounced(db, mailId, clock.now().toISOString())
}
