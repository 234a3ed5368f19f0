// What endorsing does to the invitation of that mailbox. Nothing may tell that an invited organisation
// endorsed confidentially: its invitation stays as it was, only that no reminder follows.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Endorsement } from '../endorsements/endorsement.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { invitationHashOf, mostReminders } from './invitation.ts'
import { deleteByEndorsement, setEndorsed, setSilent } from './invitation-store.ts'

/** In the transaction that confirms; an individual does not answer for their organisation. */
export async function noteEndorsed(
  tx: Db,
  { vault }: Pick<Context, 'vault'>,
  { id, statementId, type, visibility }: Endorsement,
  address: string,
): Promise<void> {
  const mailbox = parseEmailAddress(address)
  if (type !== 'organisation' || !mailbox.ok) return
  const addressHash = invitationHashOf(vault, statementId, mailbox.value.canonical)
  const whose = { addressHash, endorsementId: id }
  if (visibility === 'confidential') await setSilent(tx, whose, mostReminders)
  else await setEndorsed(tx, whose)
}

/** When an endorsement becomes confidential later. */
export async function forgetWhoEndorsed(tx: Db, endorsementId: string): Promise<void> {
  await setSilent(tx, { endorsementId }, mostReminders)
}

/** When it is erased. */
export async function forgetInvitationOf(tx: Db, endorsementId: string): Promise<void> {
  await deleteByEndorsement(tx, endorsementId)
}
