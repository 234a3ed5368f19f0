// A mail as a test wants to read it.
import PostalMime from 'postal-mime'
import type { Address, Email, Mailbox } from 'postal-mime'

export type Mail = {
  envelopeFrom: string
  /** To whom it was really sent, whatever its headers say. */
  recipients: string[]
  from: Mailbox | undefined
  to: Mailbox[]
  subject: string
  text: string
  html: string
  /** By lower-case name; the values of a repeated header are joined by line feeds. */
  headers: Map<string, string>
  raw: string
}

export type Envelope = { from: string; recipients: string[] }

export async function parseMail(raw: Buffer, envelope: Envelope): Promise<Mail> {
  const email = await PostalMime.parse(raw)
  return {
    envelopeFrom: envelope.from,
    recipients: envelope.recipients,
    from: mailboxes(email.from)[0],
    to: (email.to ?? []).flatMap(mailboxes),
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    headers: headersOf(email),
    raw: raw.toString('utf8'),
  }
}

function mailboxes(address: Address | undefined): Mailbox[] {
  if (!address) return []
  return address.group ?? [address]
}

function headersOf(email: Email): Map<string, string> {
  const headers = new Map<string, string>()
  for (const { key, value } of email.headers) {
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}\n${value}`)
  }
  return headers
}
