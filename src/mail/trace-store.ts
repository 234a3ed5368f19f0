// The only SQL about what mails leave behind a keyed hash: how many there were, and which.
import type { Db } from '../db/schema.ts'

export async function deleteTraces(db: Db, addressHashes: string[]): Promise<void> {
  if (addressHashes.length === 0) return
  await db.deleteFrom('mail_allowances').where('address_hash', 'in', addressHashes).execute()
  await db.deleteFrom('sent_mails').where('address_hash', 'in', addressHashes).execute()
}
