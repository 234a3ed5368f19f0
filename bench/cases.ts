// What is written: one case for each row of the table.
import { randomBytes } from 'node:crypto'
import { type Case, names, type Plan, roundSpan, warmUpSpan } from './case.ts'
import { type Load, measure, type Post, type Round, type Span } from './load.ts'
import { nextPerson } from './people.ts'
import { emptyOutbox, endorsements, fill, slug, type Store } from './prepare.ts'
import { type Running, startSite, withoutLimits } from './start.ts'

// each link confirms once, and they are made before
const confirmRound = { ...roundSpan, atMost: 600 }
const confirmWarmUp = { ...warmUpSpan, atMost: 200 }

const page = `/statements/${slug}`
const count = `${page}/count.json`

/** The real site on one kind of database, to write into. */
export async function writingCases(plan: Plan, kind: string, url: string): Promise<Case[]> {
  const store: Store = { url, secretKey: randomBytes(32).toString('base64url') }
  const tokens = await fill(store, plan.rounds * confirmRound.atMost + confirmWarmUp.atMost)
  const settings = { ...withoutLimits, DATABASE_URL: store.url, SECRET_KEY: store.secretKey }
  const site = await startSite(plan.folder, settings)
  plan.onClose(() => site.stop())
  return [
    signingOn(`sign-on POST, ${kind}`, site, store),
    confirming(`confirm POST, ${kind}`, site, store, tokens),
  ]
}

function signingOn(name: string, { url }: Running, store: Store): Case {
  const path = `${page}/endorse`
  const load: Load = { url, expected: 303, next: () => ({ path, fields: nextPerson() }) }
  return {
    name,
    limit: names.commits,
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
    limit: names.commits,
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
