// Hands a finished mail to the SMTP server, or keeps it in the local mailbox when there is none.
import nodemailer from 'nodemailer'
import type { Config } from '../config.ts'
import type { Clock, Random } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import { keepInMailbox } from './mailbox.ts'

export interface Mail {
  /** the outbox row's id; it becomes the Message-ID, so that a repeated mail can be recognised */
  id: string
  to: string
  language: string
  subject: string
  text: string
  html: string
  /** takes this mailbox off what such mails are about, by one POST (RFC 8058) */
  unsubscribeUrl?: string
}

/** `permanent`: this mail will never be taken; `temporary`: the server or the way to it is at fault. */
export type Sent = { outcome: 'sent' } | { outcome: 'permanent' | 'temporary'; fault: string }

export interface Sender {
  send(mail: Mail): Promise<Sent>
  close(): void
}

interface Needs {
  db: Db
  vault: Vault
  clock: Clock
  random: Random
}

export function openSender(config: Config, needs: Needs): Sender {
  return config.smtpUrl === null
    ? { send: (mail) => keepInMailbox(needs, mail), close: () => undefined }
    : openSmtp(config, config.smtpUrl)
}

/**
 * For each word of the server. One that looks at a mail before it says yes (spam, greylisting) may need
 * half a minute; to hang up before would send it again (RFC 5321, 4.5.3.2, would wait for minutes).
 */
const patienceMs = 60_000

function openSmtp(config: Config, url: string): Sender {
  const transport = nodemailer.createTransport(
    {
      url,
      pool: true,
      maxConnections: 5,
      connectionTimeout: 10_000,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: config.mailFrom },
  )
  const domain = new URL(config.baseUrl).hostname
  return {
    close: () => transport.close(),
    async send(mail) {
      try {
        await transport.sendMail({
          messageId: `<${mail.id}@${domain}>`,
          // an object, never a string: nothing typed by a person is parsed as a header
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'Content-Language': mail.language,
            ...unsubscribing(mail.unsubscribeUrl),
          },
        })
        return { outcome: 'sent' }
      } catch (fault) {
        return faultOf(fault)
      }
    },
  }
}

function unsubscribing(url: string | undefined): Record<string, string> {
  if (url === undefined) return {}
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

interface SmtpFault extends Error {
  code?: string
  responseCode?: number
  command?: string
}

/**
 * A 5xx answer to this recipient or message is final; a refused log-in, a refused sender (MAIL_FROM:
 * every mail would fail, and the operator can mend it) or a lost line is not.
 */
function faultOf(thrown: unknown): Sent {
  const { code = 'unknown', responseCode = 0, command } = thrown as SmtpFault
  const isAboutThisMail = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE'
  const isPermanent = isAboutThisMail && (responseCode >= 500 || responseCode === 0)
  // never the server's words: they can contain the address
  return { outcome: isPermanent ? 'permanent' : 'temporary', fault: `${code} ${responseCode}` }
}
