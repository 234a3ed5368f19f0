// The mail worker: claims due mails, asks for their words, sends, retries (product.md §2, outbox).
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import {
  bringBack,
  claimDue,
  deleteMail,
  giveUp,
  noteSent,
  type OutboxRow,
  queueAgain,
  renewClaims,
} from './outbox-store.ts'
import type { Mail } from './sender.ts'

/** A queued mail as the feature that knows its words sees it. */
export interface QueuedMail extends Omit<OutboxRow, 'recipient_sealed'> {
  recipient: string
}

export type Composed =
  | { outcome: 'send'; mail: Omit<Mail, 'id' | 'to' | 'language'> }
  | { outcome: 'wait'; until: Date }
  | { outcome: 'drop' }

/** Decides at sending time what a queued mail says, or that it says nothing. */
export type Compose = (mail: QueuedMail) => Promise<Composed>

export interface MailWorker {
  /** Sends all that is due now; resolves to the number of mails handled. */
  deliverDue(): Promise<number>
  /** Delivers until stopped. */
  run(): Promise<void>
  /** Stuck: it runs, but has finished nothing and looked for nothing for minutes. */
  state(): 'off' | 'running' | 'stuck' | 'stopping'
  /** Finishes what it is sending, but waits for no mail server that hangs. */
  stop(): Promise<void>
}

const leaseSeconds = 30
const batch = 20
/** a batch takes at least so long: preparing mails takes time from those who sign */
const batchMs = 200
const idleMs = 300
const mostPerMinute = 3_000
/** clocks of several machines may differ by less */
const skewSeconds = 60
/** what was sent and could not be noted would be sent again; a database that is away comes back */
const noteEveryMs = 1_000
const noteTries = 60
const retryMinutes = [1, 2, 5, 15, 30, 60, 120, 240]
const giveUpAfterAttempts = 24
/** a mail that is not sent by then keeps its claim, which falls due at the end of its lease */
const finishMs = 5_000
/** a mail server that is slow with every word of a mail needs less */
const stuckMs = 600_000

export function openMailWorker(ctx: Context, compose: Compose): MailWorker {
  const worker = ctx.random.id()
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let minute = { from: 0, sent: 0 }
  let lookedAt = Infinity
  /** when it last finished a mail or looked for some; null: it does not run */
  let lastTurn: number | null = null

  const later = (seconds: number) => new Date(ctx.clock.now().getTime() + seconds * 1000)

  /** product.md M-5, the global ceiling: beyond it mails wait, none is dropped. */
  const room = (): number => {
    const from = Math.floor(ctx.clock.now().getTime() / 60_000)
    if (from !== minute.from) minute = { from, sent: 0 }
    const share = Math.floor(mostPerMinute / ctx.processes.doing('delivers'))
    return ctx.config.hasLimits ? Math.min(batch, share - minute.sent) : batch
  }

  async function deliverDue(): Promise<number> {
    if ((await ctx.switches.offSince('mail')) !== null) return 0
    await noteClock()
    const limit = room()
    if (limit <= 0) {
      await ctx.alarms.raise('mail-ceiling', 'site')
      return 0
    }
    const claimed = await claimDue(ctx.db, {
      worker,
      now: ctx.clock.now().toISOString(),
      leaseUntil: later(leaseSeconds).toISOString(),
      limit,
    })
    if (claimed.length === 0) return 0
    const renewal = setInterval(
      () => {
        renewClaims(ctx.db, worker, later(leaseSeconds).toISOString()).catch((fault: unknown) =>
          ctx.log.error({ err: fault }, 'mail claims could not be renewed'),
        )
      },
      (leaseSeconds * 1000) / 3,
    )
    try {
      await Promise.all(claimed.map(handle))
    } finally {
      clearInterval(renewal)
    }
    return claimed.length
  }

  /** When the clock was set back; before the first look nobody knows. */
  async function noteClock(): Promise<void> {
    const now = ctx.clock.now()
    if (now.getTime() < lookedAt) {
      const toCome = later(skewSeconds).toISOString()
      const leaseUntil = later(leaseSeconds).toISOString()
      await bringBack(ctx.db, { now: now.toISOString(), toCome, leaseUntil })
    }
    lookedAt = now.getTime()
  }

  async function handle(row: OutboxRow): Promise<void> {
    try {
      await deliver(row)
    } catch (fault) {
      ctx.log.error({ err: fault, mail: row.id, kind: row.kind }, 'mail could not be prepared')
      // a database that is away: the claim falls due again at the end of its lease
      await retry(row, 'preparation').catch((next: unknown) =>
        ctx.log.error({ err: next, mail: row.id }, 'mail could not be put back'),
      )
    } finally {
      if (lastTurn !== null) lastTurn = performance.now()
    }
  }

  async function deliver(row: OutboxRow): Promise<void> {
    const { recipient_sealed, ...rest } = row
    const recipient = ctx.vault.open('recipient', row.id, recipient_sealed)
    const composed = await compose({ ...rest, recipient })
    if (composed.outcome === 'drop') return void (await deleteMail(ctx.db, row.id))
    if (composed.outcome === 'wait') {
      const dueAt = composed.until.toISOString()
      return queueAgain(ctx.db, row.id, { dueAt, attempts: 0, fault: null })
    }
    const mail = { ...composed.mail, id: row.id, to: recipient, language: row.language }
    minute.sent += 1
    const sent = await ctx.sender.send(mail)
    ctx.metrics.mail(sent.outcome)
    if (sent.outcome === 'sent') {
      await note(row)
      ctx.log.info({ mail: row.id, kind: row.kind }, 'mail sent')
    } else if (sent.outcome === 'permanent') {
      await giveUp(ctx.db, row.id, sent.fault)
      ctx.log.warn({ mail: row.id, kind: row.kind, fault: sent.fault }, 'mail refused for good')
    } else {
      await retry(row, sent.fault)
    }
  }

  async function note(row: OutboxRow): Promise<void> {
    for (let n = 1; ; n += 1) {
      try {
        return await ctx.db.transaction().execute((tx) => noteSent(tx, row))
      } catch (fault) {
        if (n === noteTries || stopping.signal.aborted) throw fault
        ctx.log.error({ err: fault, mail: row.id }, 'a mail that was sent could not be noted')
        await pause(noteEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  async function retry(row: OutboxRow, fault: string): Promise<void> {
    if (row.attempts >= giveUpAfterAttempts) return giveUp(ctx.db, row.id, fault)
    const minutes = retryMinutes[row.attempts - 1] ?? retryMinutes.at(-1) ?? 240
    const dueAt = later(minutes * 60).toISOString()
    await queueAgain(ctx.db, row.id, { dueAt, attempts: row.attempts, fault })
    ctx.log.warn({ mail: row.id, kind: row.kind, fault, dueAt }, 'mail will be tried again')
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      lastTurn = performance.now()
      const rested = lastTurn + batchMs
      const handled = await deliverDue().catch((fault: unknown) => {
        ctx.log.error({ err: fault }, 'the outbox could not be read')
        return 0
      })
      const rest = handled === 0 ? idleMs : Math.max(0, rested - performance.now())
      await pause(rest, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  return {
    deliverDue,
    run: () => (running = loop()),
    state() {
      if (stopping.signal.aborted) return 'stopping'
      if (lastTurn === null) return 'off'
      return performance.now() - lastTurn > stuckMs ? 'stuck' : 'running'
    },
    async stop() {
      stopping.abort()
      const enough = new AbortController()
      const { signal } = enough
      await Promise.race([running, pause(finishMs, undefined, { signal }).catch(() => undefined)])
      enough.abort()
    },
  }
}
