// The real site on a fresh database, with a real SMTP server; only clock and log are replaced.
import { after } from 'node:test'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type Config, readConfig } from '../../src/config.ts'
import { type Context, openContext } from '../../src/context.ts'
import { type Site, startSite } from '../../src/main.ts'
import { importStatement } from '../../src/statements/import-statement.ts'
import { openStatement } from '../../src/statements/open-and-close.ts'
import type { StatementFile } from '../../src/statements/statement.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { TestClock } from './clock.ts'
import { type FreshDatabase, isPostgres, migratedDatabase } from './databases.ts'
import { fixture } from './fixtures.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { Visitor } from './visitor.ts'

export interface TestSite extends Site {
  ctx: Context
  config: Config
  clock: TestClock
  inbox: Inbox
  database: FreshDatabase
  /** every line of the log so far */
  log: string[]
  visitor(language?: string): Visitor
  /** a browser that keeps the cookie of the desk */
  browser(language?: string): Visitor
  /** Imports a fixture statement and opens it. */
  publish(slug?: Slug, changes?: Partial<StatementFile>): Promise<string>
  /** Lets the worker send all that is due. */
  deliverMail(): Promise<void>
}

export type Slug = 'naloxone-within-reach' | 'community-monitoring-submission'

export interface SiteOptions {
  env?: Record<string, string>
  now?: string
  /** the worker runs by itself, as in production */
  background?: boolean
  /** without an SMTP server: mails go to /mailbox */
  withoutSmtp?: boolean
  /** options of nodemailer's at the end of SMTP_URL */
  smtpOptions?: `?${string}`
  isDemo?: boolean
}

export const testSecret = 'a secret for tests that is long enough'

/** Closed by itself after the test file. */
export async function openSite(options: SiteOptions = {}): Promise<TestSite> {
  const database = await migratedDatabase()
  const inbox = await openInbox()
  const clock = new TestClock(options.now ?? '2026-11-21T12:00:00.000Z')
  const log: string[] = []
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    SECRET_KEY: testSecret,
    MAIL_FROM: 'Undersigned <signon@undersigned.example>',
    NODE_ENV: 'test',
    ...(options.withoutSmtp ? {} : { SMTP_URL: inbox.url + (options.smtpOptions ?? '') }),
    ...options.env,
  })
  const ctx = await openContext(config, {
    clock,
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    isDemo: options.isDemo ?? false,
  })
  // nobody cuts the power here; the tests that kill the program start it as it is
  if (!isPostgres) await sql`pragma synchronous = off`.execute(ctx.db)
  const site = await startSite(ctx, { background: options.background ?? false })
  // links in mails must lead to the port that the system chose
  config.baseUrl = site.address
  after(async () => {
    await site.stop()
    await inbox.close()
    await database.drop()
  })
  return {
    ...site,
    ctx,
    config,
    clock,
    inbox,
    database,
    log,
    visitor: (language) => new Visitor(site.address, language === undefined ? {} : { language }),
    browser: (language) =>
      new Visitor(site.address, {
        keepsCookies: true,
        ...(language === undefined ? {} : { language }),
      }),
    publish: (slug = 'naloxone-within-reach', changes = {}) => publish(ctx, slug, changes),
    async deliverMail() {
      while ((await site.worker.deliverDue()) > 0);
    },
  }
}

async function publish(ctx: Context, slug: Slug, changes: Partial<StatementFile>): Promise<string> {
  const read = await readStatementFolder(fixture(`statements/${slug}`))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { slug: name } = await importStatement(ctx, { ...read.statement, ...changes })
  await openStatement(ctx, name)
  return name
}
