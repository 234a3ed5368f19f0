// A real SMTP server that keeps what reaches it and can be told to fail.
import { EventEmitter, once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { parseMail } from './mail.ts'
import type { Mail } from './mail.ts'
import { patienceMs } from './until.ts'

/**
 * `temporary` is a 451, `permanent` a 550; `close` drops the connection, `hang` says nothing; `lose` at `data`
 * takes the mail and drops the connection before it says so.
 */
export type Answer = 'accept' | 'temporary' | 'permanent' | 'close' | 'hang' | 'lose'

/** An address that the mail was really sent to, or a question to ask of every mail. */
export type Match = string | ((mail: Mail) => boolean)

type Done = (fault?: Error | null) => void

const refusals = {
  temporary: { responseCode: 451, message: 'Try again later' },
  permanent: { responseCode: 550, message: 'No such mailbox' },
}

// The library greets after 100 ms, to find out who talks too soon; each site of each test would wait.
SMTPConnection.prototype.init = function init() {
  this._setListeners(() => this.connectionReady())
}

/** @param port where to listen, to come back after `close`; 0 for any free port */
export async function openInbox({ port = 0 }: { port?: number } = {}): Promise<Inbox> {
  const inbox = new Inbox()
  await inbox.listen(port)
  return inbox
}

export class Inbox {
  /** What the server says from now on; by recipient if it is a function. */
  answer: Answer | ((recipient: string) => Answer) = 'accept'
  /** At which command it says so; `data` is after the whole mail was transferred. */
  answerAt: 'sender' | 'recipient' | 'data' = 'recipient'
  /** How long it thinks before each answer. */
  delayMs = 0
  mails: Mail[] = []
  port = 0
  readonly #server = new SMTPServer(this.#options())
  readonly #sockets = new Set<Socket>()
  readonly #arrivals = new EventEmitter().setMaxListeners(0)

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  /** How many are talking to the server right now. */
  get connections(): number {
    return this.#sockets.size
  }

  async listen(port: number): Promise<void> {
    this.#server.on('error', () => {}) // A client that breaks off is what some tests are about.
    const listener = this.#server.listen(port, '127.0.0.1')
    listener.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    await once(listener, 'listening')
    this.port = (listener.address() as AddressInfo).port
  }

  /**
   * The first mail that fits, or the `nth`; those that came since the last `clear` count.
   * @param options.within milliseconds until it throws
   */
  async waitFor(match: Match, { within = patienceMs, nth = 1 } = {}): Promise<Mail> {
    const signal = AbortSignal.timeout(within)
    for (;;) {
      const mail = this.matching(match)[nth - 1]
      if (mail) return mail
      await once(this.#arrivals, 'mail', { signal }).catch(() => {
        throw new Error(this.#nothingFor(match, within))
      })
    }
  }

  matching(match: Match): Mail[] {
    const fits = typeof match === 'string' ? sentTo(match) : match
    return this.mails.filter(fits)
  }

  clear(): void {
    this.mails = []
  }

  async close(): Promise<void> {
    const closed = once(this.#server.server, 'close')
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #options(): SMTPServerOptions {
    return {
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onMailFrom: ({ address }, session, done) => {
        this.#reply(this.#answerFor('sender', address), session, done)
      },
      onRcptTo: ({ address }, session, done) => {
        this.#reply(this.#answerFor('recipient', address), session, done)
      },
      onData: (stream, session, done) => void this.#receive(stream, session, done),
    }
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done) {
    try {
      const raw = await buffer(stream)
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const answer = this.#answerFor('data', recipients[0] ?? '')
      if (answer === 'accept' || answer === 'lose') await this.#keep(raw, recipients, session)
      this.#reply(answer, session, done)
    } catch (fault) {
      done(fault as Error)
    }
  }

  async #keep(raw: Buffer, recipients: string[], session: SMTPServerSession): Promise<void> {
    const { mailFrom } = session.envelope
    const from = mailFrom ? mailFrom.address : ''
    this.mails.push(await parseMail(raw, { from, recipients }))
    this.#arrivals.emit('mail')
  }

  #answerFor(command: Inbox['answerAt'], address: string): Answer {
    if (command !== this.answerAt) return 'accept'
    return typeof this.answer === 'function' ? this.answer(address) : this.answer
  }

  #reply(answer: Answer, session: SMTPServerSession, done: Done): void {
    if (answer === 'accept' && this.delayMs > 0) setTimeout(done, this.delayMs)
    else if (answer === 'accept') done()
    else if (answer === 'close' || answer === 'lose') this.#drop(session)
    else if (answer !== 'hang') done(Object.assign(new Error(), refusals[answer]))
  }

  #drop(session: SMTPServerSession): void {
    for (const socket of this.#sockets) {
      if (socket.remotePort === session.remotePort) socket.destroy()
    }
  }

  #nothingFor(match: Match, within: number): string {
    const wanted = typeof match === 'string' ? `to ${match}` : 'that fits'
    const got = this.mails.map((mail) => `${mail.recipients.join(', ')}: ${mail.subject}`)
    return `No mail ${wanted} within ${within} ms. Arrived: ${got.join('; ') || 'none'}.`
  }
}

function sentTo(address: string): (mail: Mail) => boolean {
  return ({ recipients }) => recipients.some((one) => one.toLowerCase() === address.toLowerCase())
}
