// undersigned serve | demo | migrate | deliver-mail | prune | recount
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { type Context, openContext } from '../context.ts'
import { firstAdminToken } from '../coordinators/first-admin.ts'
import { refuseDamaged } from '../db/refuse-damaged.ts'
import { pathsUnder } from '../paths.ts'
import type { Site, SiteParts } from '../main.ts'
import { countPrunable, prune, type Pruned } from '../privacy/retention.ts'
import { putCountsRight } from '../signatories/put-counts-right.ts'
import { listStatements } from '../statements/find-statement.ts'
import { rewriteDatabase } from './rewrite-database.ts'
import { withContext } from './with-context.ts'

/** Loaded when they are needed: most commands need neither web pages nor mails, and start sooner. */
const loadSite = () => import('../main.ts')
const loadDemo = () => import('../demo/demo.ts')

const togetherMs = 500

export function siteCommands(): Command[] {
  return [
    new Command('serve')
      .description('the web application and the mail worker (what npm start runs)')
      .option('--without-mail', 'only the web application; deliver-mail runs elsewhere')
      .action(serve),
    new Command('demo')
      .description('a made-up network on a throw-away database, with a mailbox to click through')
      .action(demo),
    new Command('migrate').description('bring the database up to date').action(migrateOnly),
    new Command('deliver-mail').description('only the mail worker').action(deliverMail),
    new Command('prune')
      .description('delete what has outlived its purpose (serve does this by itself)')
      .option('--dry-run', 'only tell how many of each')
      .action(pruneNow),
    new Command('recount')
      .description('compare the counts with the endorsements, and put them right (serve does too)')
      .action(recount),
  ]
}

async function serve({ withoutMail }: { withoutMail?: boolean }): Promise<void> {
  const config = readConfig(process.env)
  await refuseDamaged(config.database)
  const ctx = await openContext(config)
  noteUnhandled(ctx)
  const site = await startOrClose(ctx, { background: true, deliversMail: withoutMail !== true })
  stopWith(() => site.stop())
  if (config.nodeEnv === 'production' && URL.parse(config.baseUrl)?.hostname === config.host) {
    ctx.log.warn('BASE_URL is not set: the links in mails lead to this machine only')
  }
  console.log(await welcome(ctx, config.baseUrl))
}

/** What nobody waited for has failed; those who are being served shall not be cut off for it. */
function noteUnhandled({ log }: Context): void {
  process.on('unhandledRejection', (fault) => {
    log.error({ err: fault }, 'something that nobody waited for has failed')
  })
}

/** A port that is taken must end the process at once, also when a database pool is open. */
async function startOrClose(ctx: Context, parts: SiteParts): Promise<Site> {
  const { startSite } = await loadSite()
  try {
    return await startSite(ctx, parts)
  } catch (fault) {
    await ctx.close()
    throw fault
  }
}

async function welcome(ctx: Context, baseUrl: string): Promise<string> {
  const { total } = await listStatements(ctx.db, {}, ctx.clock.now(), { limit: 1, offset: 0 })
  const lines = [`${ctx.config.siteName} is ready: ${baseUrl}`]
  const first = await firstAdminToken(ctx)
  const { desk } = pathsUnder(baseUrl, '')
  if (first !== null) {
    lines.push(
      '',
      'Nobody works at the desk yet. The first admin begins here:',
      `  ${desk.first(first)}`,
    )
  }
  if (total === 0) {
    lines.push(
      '',
      `There is no open statement yet. It is written and published at ${desk.home()}`,
      '(or brought in from files: npm run undersigned -- statement import --help).',
    )
  }
  if (ctx.config.smtpUrl === null) {
    lines.push('', `SMTP_URL is not set: mails stay at ${baseUrl}/mailbox`)
  }
  return lines.join('\n')
}

async function demo(): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'undersigned-demo-'))
  const cleanUp = () => rmSync(place, { recursive: true, force: true })
  let site: Site | null = null
  // from the first moment: the preparation takes a few seconds, and leaves nothing either
  stopWith(async () => {
    await site?.stop()
    cleanUp()
  })
  try {
    site = await showDemo(place)
  } catch (fault) {
    cleanUp()
    throw fault
  }
}

async function showDemo(place: string): Promise<Site> {
  const started = performance.now()
  const { prepareDemo } = await loadDemo()
  const { config, ctx, deskToken, adminAddress } = await prepareDemo(process.env, place)
  const site = await startOrClose(ctx, { background: true })
  const { baseUrl } = config
  const { desk } = pathsUnder(baseUrl, '')
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    [
      `The demo is ready after ${seconds} s. Everything in it is made up, and gone when you stop it.`,
      '',
      `  Mails arrive here:  ${baseUrl}/mailbox`,
      `  In Arabic:          ${baseUrl}/ar`,
      `  The desk:           ${desk.signInWith(deskToken)}`,
      `                      works once; for another link type ${adminAddress}`,
      `                      at ${desk.signIn()} and look into the mailbox`,
      '  Stop it:            Ctrl+C',
      '',
      `Open ${baseUrl}`,
    ].join('\n'),
  )
  return site
}

async function migrateOnly(): Promise<void> {
  await withContext(async () => console.log('The database is up to date.'))
}

async function deliverMail(): Promise<void> {
  const { startMailWorker } = await loadSite()
  const config = readConfig(process.env)
  await refuseDamaged(config.database)
  const ctx = await openContext(config)
  noteUnhandled(ctx)
  const worker = startMailWorker(ctx)
  stopWith(() => worker.stop())
  console.log('The mail worker runs. Stop it with Ctrl+C.')
}

async function pruneNow({ dryRun }: { dryRun?: boolean }): Promise<void> {
  await withContext(async (ctx) => {
    const isDry = dryRun === true
    const pruned = isDry ? await countPrunable(ctx) : await prune(ctx, 'command line')
    const verb = isDry ? 'would be deleted' : 'deleted'
    for (const [what, n] of Object.entries(pruned)) {
      console.log(`${wordsOf[what as keyof Pruned]}: ${n} ${verb}`)
    }
    if (isDry) console.log('Nothing was changed.')
    else await rewriteDatabase(ctx)
  })
}

const toldOf = { counts: 'counts', list: 'filters of the list', days: 'entries day by day' }

async function recount(): Promise<void> {
  await withContext(async (ctx) => {
    const putRight = await putCountsRight(ctx, 'command line')
    for (const { slug, what, told, counted } of putRight) {
      console.log(`${slug}, ${toldOf[what]}: said ${told} where there are ${counted}; put right`)
    }
    if (putRight.length === 0) console.log('All counts are right.')
  })
}

const wordsOf: Record<keyof Pruned, string> = {
  pending: 'endorsements that nobody confirmed',
  suppressions: 'marks of addresses that wanted no mail',
  sheets: 'sheets that waited to be imported',
  links: 'links that expired',
  allowances: 'counters of mails',
  failedMails: 'records of mails that failed',
  sentMails: 'records of mails that were sent',
  invitations: 'invitations to statements that have closed',
  brought: 'hashes of whom imported lists named',
  words: 'notes of coordinators about people',
  reports: 'reports of entries',
  removedNames: 'hashes of names that were removed after a report',
  contacts: 'contact data of endorsements',
  confidential: 'keyed hashes of confidential endorsements',
  withdrawn: 'name and contact data of withdrawn endorsements',
}

/**
 * Ctrl+C and SIGTERM stop gracefully; a second one at once, unless it comes together with the first
 * (through npm a signal can arrive twice).
 */
function stopWith(stop: () => Promise<void>): void {
  let stoppingSince: number | null = null
  const onSignal = () => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > togetherMs) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    stop().then(
      // whatever is still open (a mail server that hangs) is not waited for
      () => process.exit(),
      (fault: unknown) => {
        console.error(fault)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
