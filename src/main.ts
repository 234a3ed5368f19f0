// Starts and stops the site: the web application, the mail worker, and what runs by itself.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { openFrontDoor } from './cache/front-door.ts'
import { takeShortcut } from './cache/shortcut.ts'
import type { Context } from './context.ts'
import { forgetStale } from './coordinators/sessions.ts'
import { askToReconfirm } from './endorsements/ask-to-reconfirm.ts'
import { composeLetters } from './endorsements/letters.ts'
import { issueEditions } from './editions/close-editions.ts'
import { changeMark, rewrite } from './db/scrub.ts'
import { remind } from './endorsements/remind.ts'
import { type Drain, openDrain } from './http/drain.ts'
import { remindBeforeClosing } from './invitations/remind-invited.ts'
import { type MailWorker, openMailWorker } from './mail/worker.ts'
import { openJumpWatch } from './privacy/jump-watch.ts'
import { prune } from './privacy/retention.ts'
import { openReadiness, type Readiness } from './readiness/readiness.ts'
import { liveDoor } from './signatories/live-door.ts'
import { indexNames } from './signatories/index-names.ts'
import { learnOrders } from './signatories/order.ts'
import { checkCountsNightly } from './signatories/put-counts-right.ts'
import { takeBreakdowns } from './signatories/take-breakdowns.ts'
import { sendUpdates } from './updates/send-update.ts'

export interface Site {
  /** where it listens, for example http://127.0.0.1:3000 */
  address: string
  port: number
  worker: MailWorker
  /** What runs by itself every minute: reminders, retention, breakdowns. */
  tidy(): Promise<void>
  stop(): Promise<void>
}

export interface SiteParts {
  /** the mail worker and what runs by itself are started as well (off in tests) */
  background: boolean
  /** false: mail workers run elsewhere */
  deliversMail?: boolean
}

const tidyEveryMs = 60_000
/** whoever withdraws is out of all editions within a minute (product.md P-7), their files made anew */
const issueEveryMs = 3_000
const rewriteEveryMs = 3_600_000
/** a balancer has noticed by then, and others use no connection for longer without asking again */
const lastCallMs = 500
/** longer than a proxy keeps a connection, or it would send into one that has just been closed */
const keepAliveMs = 65_000

export async function startSite(
  ctx: Context,
  { background, deliversMail = background }: SiteParts,
): Promise<Site> {
  if (background) learnOrders()
  const worker = openMailWorker(ctx, composeLetters(ctx))
  const { server, drain } = await listen(ctx, openReadiness(ctx, worker))
  const rewriting = rewriteHourly(ctx)
  const checkingCounts = checkCountsNightly(ctx)
  const issuing = unlessBusy(() => issueEditions(ctx))
  const isCalm = background ? openJumpWatch(ctx.clock) : () => true
  const tidy = async () => {
    await issuing()
    if (isCalm()) await remindAndDelete(ctx)
    else ctx.log.error('the clock has jumped ahead: for an hour nothing is deleted by itself')
    await takeBreakdowns(ctx)
    await forgetStale(ctx)
    await askToReconfirm(ctx)
    await sendUpdates(ctx)
    await indexNames(ctx.db)
    await rewriting()
    await checkingCounts()
  }
  const timer = setInterval(() => {
    tidy().catch((fault: unknown) => ctx.log.error({ err: fault }, 'tidying failed'))
  }, tidyEveryMs)
  const issueTimer = setInterval(() => {
    issuing().catch((fault: unknown) => ctx.log.error({ err: fault }, 'no edition could be made'))
  }, issueEveryMs)
  const stopTimers = () => [timer, issueTimer].forEach((each) => clearInterval(each))
  if (background) ctx.processes.run({ serves: true, delivers: deliversMail })
  if (deliversMail) void worker.run()
  if (!background) stopTimers()
  const { port } = server.address() as AddressInfo
  // PORT=0 lets the system choose: the links in mails must lead there
  const { config } = ctx
  if (URL.parse(config.baseUrl)?.port === '0') config.baseUrl = `http://${config.host}:${port}`
  return {
    address: `http://${ctx.config.host}:${port}`,
    port,
    worker,
    tidy,
    async stop() {
      stopTimers()
      ctx.liveCounts.letGo()
      await Promise.all([worker.stop(), drain(background ? lastCallMs : 0)])
      await ctx.close()
    },
  }
}

/** What cannot be taken back, should the clock be wrong. */
async function remindAndDelete(ctx: Context): Promise<void> {
  await remind(ctx)
  await remindBeforeClosing(ctx)
  await prune(ctx)
}

/** The files of a long list take longer than the time until the next turn. */
function unlessBusy(work: () => Promise<void>): () => Promise<void> {
  let isBusy = false
  return async () => {
    if (isBusy) return
    isBusy = true
    try {
      await work()
    } finally {
      isBusy = false
    }
  }
}

/** What was deleted is in the file until it is written anew (db/scrub.ts); only when it has changed. */
function rewriteHourly({ db, clock, config, log }: Context): () => Promise<void> {
  const { kind } = config.database
  let last = { at: clock.now().getTime(), mark: '' }
  return async () => {
    const at = clock.now().getTime()
    if (Math.abs(at - last.at) < rewriteEveryMs || (await changeMark(db, kind)) === last.mark)
      return
    const former = last
    // one that fails is not tried again every minute, nor another begun while it lasts
    last = { ...former, at }
    if (!(await rewrite(db, kind))) {
      last = former
      return log.info('the database file is busy, rewritten later')
    }
    last = { at, mark: await changeMark(db, kind) }
  }
}

/** Only the mail worker, for installations with more than one machine. */
export function startMailWorker(ctx: Context): { stop(): Promise<void> } {
  const worker = openMailWorker(ctx, composeLetters(ctx))
  ctx.processes.run({ serves: false, delivers: true })
  void worker.run()
  return {
    async stop() {
      await worker.stop()
      await ctx.close()
    },
  }
}

interface Listening {
  server: Server
  /** answers what has begun */
  drain: Drain
}

function listen(ctx: Context, readiness: Readiness): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const { Request, enter } = liveDoor(ctx)
    const door = openFrontDoor(ctx, createApp(ctx, readiness) as RequestListener)
    const server = createServer({ IncomingMessage: Request }, door.listener)
    const { drain, isStopping } = openDrain(server)
    // nobody is told there to come back on another connection
    takeShortcut(server, (bytes) => (isStopping() ? null : door.answerTo(bytes)))
    server.on('upgrade', enter)
    server.once('error', reject)
    server.listen(ctx.config.port, ctx.config.host, () => resolve({ server, drain }))
    server.keepAliveTimeout = keepAliveMs
  })
}
