// What is measured: one case for each row of the table.
import { randomBytes } from 'node:crypto'
import { type Load, measure, type Post, type Round, type Span } from './load.ts'
import { nextPerson } from './people.ts'
import { emptyOutbox, endorsements, fill, slug, type Store } from './prepare.ts'
import type { Recorded } from './servers.ts'
import { production, type Running, startReference, startSite, withoutLimits } from './start.ts'

export interface Case {
  name: string
  /** the name of the plain server's case with the same bytes, or nearly so */
  plain: string
  warmUp(): Promise<Round>
  run(): Promise<Round>
  /** after all rounds: throws when the site did not do what it answered */
  check?(): Promise<void>
}

export interface Plan {
  /** for databases and logs; thrown away */
  folder: string
  rounds: number
  onClose(close: () => Promise<void>): void
}

export interface Ours {
  cases: Case[]
  /** answers of the pages, for the plain server to repeat */
  pages: Recorded
}

const roundSpan: Span = { seconds: 1.5 }
const warmUpSpan: Span = { seconds: 1 }
// each link confirms once, and they are made before
const confirmRound = { ...roundSpan, atMost: 600 }
const confirmWarmUp = { ...warmUpSpan, atMost: 200 }

const page = `/statements/${slug}`
const count = `${page}/count.json`
const plainPage = 'plain http, page'
const plainCount = 'plain http, count.json'

export const expressName = 'Express hello-world'

/** The real site on one kind of database: one in production for reading, one to write into. */
export async function ourCases(
  plan: Plan,
  kind: string,
  database: (name: string) => string | Promise<string>,
): Promise<Ours> {
  const secretKey = randomBytes(32).toString('base64url')
  const read: Store = { url: await database('read'), secretKey }
  const write: Store = { url: await database('write'), secretKey }
  const links = plan.rounds * confirmRound.atMost + confirmWarmUp.atMost
  await fill(read, 0)
  const tokens = await fill(write, links)
  const reader = await start(plan, read, production)
  const writer = await start(plan, write, withoutLimits)
  const cases = [
    reading(`statement page, ${kind}`, plainPage, reader.url + page),
    reading(`count.json, ${kind}`, plainCount, reader.url + count),
    signingOn(`sign-on POST, ${kind}`, writer, write),
    confirming(`confirm POST, ${kind}`, writer, write, tokens),
  ]
  return { cases, pages: await record(reader.url, [page, count]) }
}

async function start(plan: Plan, { url, secretKey }: Store, settings: object): Promise<Running> {
  const site = await startSite(plan.folder, {
    ...settings,
    DATABASE_URL: url,
    SECRET_KEY: secretKey,
  })
  plan.onClose(() => site.stop())
  return site
}

export async function referenceCases(plan: Plan, pages: Recorded): Promise<Case[]> {
  const plain = await startReference('plain', pages)
  plan.onClose(() => plain.stop())
  const express = await startReference('express', {})
  plan.onClose(() => express.stop())
  return [
    reading(plainPage, plainPage, plain.url + page),
    reading(plainCount, plainCount, plain.url + count),
    reading(expressName, plainCount, `${express.url}/`),
  ]
}

function reading(name: string, plain: string, url: string): Case {
  const load: Load = { url, expected: 200 }
  return {
    name,
    plain,
    warmUp: () => measure(load, warmUpSpan),
    run: () => measure(load, roundSpan),
  }
}

function signingOn(name: string, { url }: Running, store: Store): Case {
  const path = `${page}/endorse`
  const load: Load = { url, expected: 303, next: () => ({ path, fields: nextPerson() }) }
  return {
    name,
    plain: plainCount,
    warmUp: () => written(load, store, warmUpSpan),
    run: () => written(load, store, roundSpan),
  }
}

function confirming(name: string, { url }: Running, store: Store, tokens: string[]): Case {
  let used = 0
  let answered = 0
  const next = (): Post => {
    used += 1
    return { path: `/confirm/${tokens[used - 1]}`, fields: { decision: 'confirm' } }
  }
  const load: Load = { url, expected: 303, next }
  const counted = async (span: Span) => {
    const round = await written(load, store, span)
    answered += round.answers
    return round
  }
  return {
    name,
    plain: plainCount,
    warmUp: () => counted(confirmWarmUp),
    run: () => counted(confirmRound),
    async check() {
      const { total } = (await (await fetch(url + count)).json()) as { total: number }
      const confirmed = total - endorsements
      // those under way when a round ended may or may not have arrived
      if (confirmed >= answered && confirmed <= used) return
      throw new Error(`${name}: ${answered} were confirmed, but ${confirmed} are counted.`)
    },
  }
}

async function written(load: Load, store: Store, span: Span): Promise<Round> {
  const round = await measure(load, span)
  await emptyOutbox(store)
  return round
}

/** The very headers and bytes, but for those that Node writes itself. */
async function record(origin: string, paths: string[]): Promise<Recorded> {
  const entries = paths.map(async (path) => {
    // as autocannon asks
    const answer = await fetch(origin + path, { headers: { 'accept-encoding': 'identity' } })
    const headers = Object.fromEntries(answer.headers)
    for (const own of ['date', 'connection', 'keep-alive']) delete headers[own]
    return [path, { headers, body: await answer.text() }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
