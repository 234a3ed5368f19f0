// Mails of one mailbox that wait, or (in development) were kept: found by opening each, because
// nothing about a recipient is stored in clear.
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { deleteKept, listKept } from './mailbox-store.ts'
import type { Mail } from './sender.ts'
import { deleteMail, listRecipients } from './outbox-store.ts'

export interface MailsOf {
  outbox: string[]
  mailbox: string[]
}

/** @param canonical the mailbox (text/email-address.ts) */
export async function findMailsOf(db: Db, vault: Vault, canonical: string): Promise<MailsOf> {
  const isTheirs = (address: string) => {
    const read = parseEmailAddress(address)
    return read.ok && read.value.canonical === canonical
  }
  const waiting = await listRecipients(db)
  const kept = await listKept(db)
  return {
    outbox: waiting
      .filter((row) => isTheirs(vault.open('recipient', row.id, row.recipient_sealed)))
      .map(({ id }) => id),
    mailbox: kept
      .filter((row) =>
        isTheirs((JSON.parse(vault.open('mail', row.id, row.mail_sealed)) as Mail).to),
      )
      .map(({ id }) => id),
  }
}

export async function deleteMails(tx: Db, { outbox, mailbox }: MailsOf): Promise<void> {
  for (const id of outbox) await deleteMail(tx, id)
  await deleteKept(tx, mailbox)
}
