// Which mails were sent to whom is known for two weeks, by random ids only, to recognise a true bounce.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { toTheDay } from '../text/minutes.ts'
import { findSentMail, writeSentMail } from './sent-mail-store.ts'

export const keptDays = 14

export async function rememberSent(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  sent: { mailId: string; endorsementId: string; addressHash: string },
): Promise<void> {
  const expires = new Date(clock.now().getTime() + keptDays * 86_400_000)
  await writeSentMail(tx, {
    id: sent.mailId,
    endorsement_id: sent.endorsementId,
    address_hash: sent.addressHash,
    expires_at: toTheDay(expires),
  })
}

/** @param mailId the part of the Message-ID before the @ (see sender.ts) */
export async function endorsementOfMail(
  db: Db,
  { clock }: Pick<Context, 'clock'>,
  mailId: string,
): Promise<string | null> {
  const row = await findSentMail(db, mailId, clock.now().toISOString())
  return row?.endorsement_id ?? null
}
