// undersigned serve | demo | migrate | deliver-mail | prune
import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { type Context, openContext } from '../context.ts'
import { prepareDemo } from '../demo/demo.ts'
import { startMailWorker, startSite } from '../main.ts'
import { prune } from '../privacy/retention.ts'
import { listStatements } from '../statements/find-statement.ts'
import { withContext } from './with-context.ts'

export function siteCommands(): Command[] {
  return [
    new Command('serve')
      .description('the web application and the mail worker (what npm start runs)')
      .action(serve),
    new Command('demo')
      .description('a made-up network on a throw-away database, with a mailbox to click through')
      .action(demo),
    new Command('migrate').description('bring the database up to date').action(migrateOnly),
    new Command('deliver-mail').description('only the mail worker').action(deliverMail),
    new Command('prune')
      .description('delete what has outlived its purpose (serve does this by itself)')
      .action(pruneNow),
  ]
}

async function serve(): Promise<void> {
  const config = readConfig(process.env)
  const ctx = await openContext(config)
  const site = await startSite(ctx, { background: true })
  stopWith(() => site.stop())
  console.log(await welcome(ctx, withPort(config, site.port)))
}

async function welcome(ctx: Context, baseUrl: string): Promise<string> {
  const { total } = await listStatements(ctx.db, {}, ctx.clock.now(), { limit: 1, offset: 0 })
  const lines = [`${ctx.config.siteName} is ready: ${baseUrl}`]
  if (total === 0) {
    lines.push(
      '',
      'There is no open statement yet. What to do first, in another terminal:',
      '  1. Write your statement: a folder with one Markdown file for each language',
      '     (docs/operating.md has an example; demo/statements has three).',
      '  2. npm run undersigned -- statement import FOLDER',
      '  3. npm run undersigned -- statement open SLUG',
    )
  }
  if (ctx.config.smtpUrl === null) {
    lines.push('', `SMTP_URL is not set: mails stay at ${baseUrl}/mailbox`)
  }
  return lines.join('\n')
}

async function demo(): Promise<void> {
  const started = performance.now()
  const { config, ctx, cleanUp } = await prepareDemo(process.env)
  const site = await startSite(ctx, { background: true })
  stopWith(async () => {
    await site.stop()
    cleanUp()
  })
  const baseUrl = withPort(config, site.port)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    [
      `The demo is ready after ${seconds} s. Everything in it is made up, and gone when you stop it.`,
      '',
      `  Mails arrive here:  ${baseUrl}/mailbox`,
      `  In Arabic:          ${baseUrl}/ar`,
      '  Stop it:            Ctrl+C',
      '',
      `Open ${baseUrl}`,
    ].join('\n'),
  )
}

/** PORT=0 lets the system choose; what is printed must be the real one. */
function withPort(config: Config, port: number): string {
  const url = new URL(config.baseUrl)
  if (url.port === '0') url.port = String(port)
  return url.origin
}

async function migrateOnly(): Promise<void> {
  await withContext(async () => console.log('The database is up to date.'))
}

async function deliverMail(): Promise<void> {
  const worker = startMailWorker(await openContext(readConfig(process.env)))
  stopWith(() => worker.stop())
  console.log('The mail worker runs. Stop it with Ctrl+C.')
}

async function pruneNow(): Promise<void> {
  await withContext(async (ctx) => {
    const pruned = await prune(ctx)
    for (const [what, n] of Object.entries(pruned)) console.log(`${what}: ${n} deleted`)
  })
}

/** Ctrl+C and SIGTERM stop gracefully; a second one at once. */
function stopWith(stop: () => Promise<void>): void {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    stop().catch((fault: unknown) => {
      console.error(fault)
      process.exitCode = 1
    })
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
