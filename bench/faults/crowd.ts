// People who sign, confirm by the link in their mail, and sometimes withdraw, all at one address; and
// what they were told. Whoever gets no answer tries again, as people do.
import { setTimeout as pause } from 'node:timers/promises'
import type { Inbox } from '../../test/support/inbox.ts'
import type { Mail } from '../../test/support/mail.ts'
import { nextPerson } from '../people.ts'

export interface Told {
  /** mailboxes whose form was answered with "look into your mailbox" */
  signed: Set<string>
  confirmed: Set<string>
  withdrawn: Set<string>
  /** requests without an answer, or with 502, 503 or 504 */
  unanswered: number
  /** of these, requests that had reached somebody and were cut off, and how */
  cut: string[]
  /** answers that nobody should get */
  wrong: string[]
}

export interface Crowd {
  told: Told
  /** mailboxes that nobody looks into */
  unread: Set<string>
  /** Nobody new comes any more; mails are still read. */
  comeNoMore(): void
  /** All have their answers, and all mails are read. */
  isDone(): boolean
  stop(): void
}

type Fields = Record<string, string>

const again = 300
const away = new Set([502, 503, 504])

/** @param form the address of the statement's form */
export function openCrowd(form: string, inbox: Inbox, perSecond: number): Crowd {
  const told: Told = {
    signed: new Set(),
    confirmed: new Set(),
    withdrawn: new Set(),
    unanswered: 0,
    cut: [],
    wrong: [],
  }
  const busy = new Set<Promise<void>>()
  const begin = (act: Promise<void>) => {
    const one = act.catch((fault: unknown) => void told.wrong.push(String(fault)))
    busy.add(one)
    void one.finally(() => busy.delete(one))
  }
  const ask = askUntilAnswered(told)
  const arriving = setInterval(() => begin(sign(ask, told, form)), 1000 / perSecond)
  const unread = new Set<string>()
  const isRead = ({ recipients }: Mail) => recipients.every((mailbox) => !unread.has(mailbox))
  let read = inbox.mails.length
  const reading = setInterval(() => {
    for (const mail of inbox.mails.slice(read).filter(isRead)) begin(openMail(ask, told, mail))
    read = inbox.mails.length
  }, 50)
  return {
    told,
    unread,
    comeNoMore: () => clearInterval(arriving),
    isDone: () => busy.size === 0 && read === inbox.mails.length,
    stop: () => [arriving, reading].forEach((each) => clearInterval(each)),
  }
}

type Ask = (url: string, fields?: Fields) => Promise<Response>

function askUntilAnswered(told: Told): Ask {
  return async (url, fields) => {
    const body = fields && new URLSearchParams(fields)
    for (;;) {
      const options = {
        method: body ? 'POST' : 'GET',
        body: body ?? null,
        redirect: 'manual',
      } as const
      const answer = await fetch(url, options).catch((fault: Error) => {
        const { code = fault.message } = (fault.cause ?? {}) as { code?: string }
        if (code !== 'ECONNREFUSED') told.cut.push(code)
        return null
      })
      if (answer && !away.has(answer.status)) return answer
      await answer?.body?.cancel()
      told.unanswered += 1
      await pause(again)
    }
  }
}

async function sign(ask: Ask, told: Told, form: string): Promise<void> {
  const fields = nextPerson()
  const answer = await ask(form, fields)
  await answer.text()
  if (answer.status === 303) told.signed.add(fields['email'] ?? '')
  else told.wrong.push(`a form was answered with ${answer.status}`)
}

/** A link that a newer mail has replaced is left to that one. */
async function openMail(ask: Ask, told: Told, { text, recipients }: Mail): Promise<void> {
  const link = /https?:\/\/\S+\/confirm\/[\w-]+/.exec(text)?.[0]
  const mailbox = recipients[0] ?? ''
  if (link === undefined) return
  const page = await ask(link)
  await page.text()
  const answer = await ask(link, { decision: 'confirm' })
  await answer.text()
  const isSaid = answer.status === 303 || answer.status === 200
  if (isSaid) told.confirmed.add(mailbox)
  else if (answer.status !== 410) told.wrong.push(`a link was answered with ${answer.status}`)
  const own = answer.headers.get('location')
  if (own !== null && told.confirmed.size % 10 === 0)
    await withdraw(ask, told, new URL(own, link), mailbox)
}

async function withdraw(ask: Ask, told: Told, own: URL, mailbox: string): Promise<void> {
  const answer = await ask(own.href, { decision: 'withdraw' })
  await answer.text()
  if (answer.status === 200) told.withdrawn.add(mailbox)
  else told.wrong.push(`a withdrawal was answered with ${answer.status}`)
}
