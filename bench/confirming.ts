// Pages of a site where 200 people a second confirm, at an even pace.
import { randomBytes } from 'node:crypto'
import { type Case, names, type Plan } from './case.ts'
import { endorsements, fill, slug, type Store } from './prepare.ts'
import { reading } from './reading.ts'
import { startSite, withoutLimits } from './start.ts'

const perSecond = 200
/** for each round, with what it may take longer */
const linksPerRound = perSecond * 4
const rows = 2

/** @param base what tells the rows of the site where nobody confirms */
export async function casesWhileConfirming(
  plan: Plan,
  kind: string,
  base: string,
  url: string,
): Promise<Case[]> {
  const store: Store = { url, secretKey: randomBytes(32).toString('base64url') }
  const tokens = await fill(store, (plan.rounds + 1) * rows * linksPerRound)
  const settings = { ...withoutLimits, DATABASE_URL: store.url, SECRET_KEY: store.secretKey }
  const site = await startSite(plan.folder, settings)
  plan.onClose(() => site.stop())
  const confirmers = openConfirmers(site.url, tokens)
  const page = `${site.url}/statements/${slug}`
  const row = (what: string, limit: string, address: string): Case => {
    const calm = reading(`${what} meanwhile, ${kind}`, limit, address)
    return {
      ...calm,
      base: `${what}, ${base}`,
      warmUp: () => confirmers.during(() => calm.warmUp()),
      run: () =>
        confirmers.during(async () => {
          // a flood that has just begun is not yet one (src/cache/versions.ts)
          await calm.warmUp()
          return calm.run()
        }),
    }
  }
  return [
    row('statement page', names.plainPage, page),
    { ...row('count.json', names.plainCount, `${page}/count.json`), check: confirmers.check },
  ]
}

function openConfirmers(origin: string, tokens: string[]) {
  let confirmed = 0

  async function confirm(token: string): Promise<void> {
    const body = new URLSearchParams({ decision: 'confirm' })
    const path = `${origin}/confirm/${token}`
    const response = await fetch(path, { method: 'POST', body, redirect: 'manual' })
    await response.arrayBuffer()
    if (response.status !== 303) throw new Error(`A link was answered with ${response.status}`)
    confirmed += 1
  }

  /** Whether or not the last one has been answered. */
  async function during<T>(work: () => Promise<T>): Promise<T> {
    const waiting: Promise<void>[] = []
    const started = performance.now()
    const timer = setInterval(() => {
      const due = ((performance.now() - started) * perSecond) / 1000
      while (waiting.length < due) waiting.push(confirm(tokens.pop() ?? ''))
    }, 5)
    try {
      return await work()
    } finally {
      clearInterval(timer)
      await Promise.all(waiting)
    }
  }

  async function check(): Promise<void> {
    const answer = await fetch(`${origin}/statements/${slug}/count.json`)
    const { total } = (await answer.json()) as { total: number }
    if (total === endorsements + confirmed) return
    throw new Error(`${confirmed} were confirmed, but ${total - endorsements} are counted.`)
  }

  return { during, check }
}
