// The local mailbox: where mails stay in the demo and in development (product.md §4, /mailbox).
import type { Clock } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import { countMailbox, insertIntoMailbox, readMailbox } from './mailbox-store.ts'
import type { Mail, Sent } from './sender.ts'

interface Needs {
  db: Db
  vault: Vault
  clock: Clock
}

export interface KeptMail extends Mail {
  at: string
}

/** Keeping the same mail twice keeps it once. */
export async function keepInMailbox({ db, vault, clock }: Needs, mail: Mail): Promise<Sent> {
  await insertIntoMailbox(db, {
    id: mail.id,
    mail_sealed: vault.seal('mail', mail.id, JSON.stringify(mail)),
    created_at: clock.now().toISOString(),
  })
  return { outcome: 'sent' }
}

/** The newest first. */
export async function listMailbox(
  { db, vault }: Omit<Needs, 'clock'>,
  page: { limit: number; offset: number },
): Promise<{ mails: KeptMail[]; total: number }> {
  const rows = await readMailbox(db, page)
  const mails = rows.map((row) => ({
    ...(JSON.parse(vault.open('mail', row.id, row.mail_sealed)) as Mail),
    at: row.created_at,
  }))
  return { mails, total: await countMailbox(db) }
}
