// The invitations of one mailbox, for whoever asks what is stored about them.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { invitationHashOf } from './invitation.ts'
import { deleteByHashes, listByHashes } from './invitation-store.ts'

type Needs = Pick<Context, 'db' | 'vault'>

/** To any of the statements. */
export async function invitationsTo(
  { db, vault }: Needs,
  statementIds: readonly string[],
  canonical: string,
) {
  const hashes = statementIds.map((id) => invitationHashOf(vault, id, canonical))
  return { hashes, invitations: await listByHashes(db, vault, hashes) }
}

export async function deleteInvitationsTo(tx: Db, hashes: string[]): Promise<void> {
  await deleteByHashes(tx, hashes)
}
