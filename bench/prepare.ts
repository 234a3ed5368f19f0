// Fills a throw-away database through the real use cases, in this process, before its site starts.
import { join } from 'node:path'
import { sql } from 'kysely'
import { issueLink } from '../src/confirmations/links.ts'
import { readConfig } from '../src/config.ts'
import { type Context, openContext } from '../src/context.ts'
import { agreedTexts } from '../src/endorsements/agreed-texts.ts'
import { confirm } from '../src/endorsements/confirm.ts'
import { endorse } from '../src/endorsements/endorse.ts'
import { readSignOn } from '../src/endorsements/endorsement-form.ts'
import { discardQueued } from '../src/mail/outbox-store.ts'
import { importStatement } from '../src/statements/import-statement.ts'
import { openStatement } from '../src/statements/open-and-close.ts'
import { readStatementFolder } from '../src/statements/statement-file.ts'
import { findStatement } from '../src/statements/statement-store.ts'
import type { Statement } from '../src/statements/stored-statement.ts'
import { writeNames } from './many-names.ts'
import { nextPerson } from './people.ts'

export const slug = 'halt-the-executions'
export const endorsements = 1000

/** A database that belongs to one site. */
export interface Store {
  /** for DATABASE_URL */
  url: string
  secretKey: string
}

const statementFolder = join(import.meta.dirname, '..', 'demo', 'statements', slug)
const language = 'en'
const hands = 8

/**
 * One open statement with 1,000 confirmed endorsements, and pending ones to confirm.
 * @param links how many pending ones; their tokens come back
 */
export async function fill(store: Store, links: number): Promise<string[]> {
  const ctx = await open({ ...store, url: hasty(store.url) })
  try {
    if (store.url.startsWith('sqlite:')) await sql`pragma synchronous = off`.execute(ctx.db)
    const statement = await publish(ctx)
    const tokens: string[] = []
    await inParallel(endorsements, async () => {
      const confirmed = await confirm(ctx, await sign(ctx, statement))
      if (confirmed.outcome !== 'confirmed') throw new Error(confirmed.outcome)
    })
    await inParallel(links, async () => void tokens.push(await sign(ctx, statement)))
    await discardQueued(ctx.db)
    return tokens
  } finally {
    await ctx.close()
  }
}

/** The statement alone, open. */
export async function fillWithNobody(store: Store): Promise<void> {
  const ctx = await open(store)
  await publish(ctx)
  await ctx.close()
}

/** The statement, with as many confirmed names as are wanted; on SQLite only. */
export async function fillWithNames(store: Store, howMany: number): Promise<void> {
  const ctx = await open(store)
  await publish(ctx)
  writeNames(store.url.replace(/^sqlite:/, ''), slug, howMany, ctx.vault)
  await ctx.close()
}

/** Takes away what still waits to be sent, so that it does not slow down what is measured next. */
export async function emptyOutbox(store: Store): Promise<void> {
  const ctx = await open(store)
  await discardQueued(ctx.db)
  await ctx.close()
}

function open({ url, secretKey }: Store): Promise<Context> {
  const env = { DATABASE_URL: url, SECRET_KEY: secretKey, LOG_LEVEL: 'silent', NODE_ENV: 'test' }
  return openContext(readConfig(env))
}

/** Filling may lose its last second in a power cut; the site, which is measured, may not. */
function hasty(url: string): string {
  if (url.startsWith('sqlite:')) return url
  return `${url}${url.includes('?') ? '&' : '?'}options=-csynchronous_commit%3Doff`
}

async function publish(ctx: Context): Promise<Statement> {
  const read = await readStatementFolder(statementFolder)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  await importStatement(ctx, read.statement)
  await openStatement(ctx, slug)
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new Error(`No statement ${slug}`)
  return statement
}

/** @returns the token of the link that confirms it */
async function sign(ctx: Context, statement: Statement): Promise<string> {
  const read = readSignOn(nextPerson(), statement)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const texts = agreedTexts(read.value.type, language)
  const endorsed = await endorse(ctx, statement, read.value, { language, texts })
  if (endorsed.outcome !== 'recorded') throw new Error(endorsed.outcome)
  const mailId = ctx.random.id()
  return issueLink(ctx.db, ctx, { purpose: 'confirm', endorsementId: endorsed.id, mailId })
}

async function inParallel(times: number, act: () => Promise<void>): Promise<void> {
  let left = times
  const hand = async () => {
    while (left-- > 0) await act()
  }
  await Promise.all(Array.from({ length: hands }, hand))
}
