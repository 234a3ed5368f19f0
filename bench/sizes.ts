// Sites with few and with many endorsements, in production as an operator starts them.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Case, Plan } from './case.ts'
import { copyTo } from './million/commands.ts'
import { endorsements, fill, fillWithNames, type Store } from './prepare.ts'
import { readingCases } from './reading.ts'
import { production, type Settings, startSite } from './start.ts'

export interface Reading {
  cases: Case[]
  /** of the site with the fewest endorsements: what its rows are told by, and its origin */
  base: string
  origin: string
}

/** One with so many endorsements, in a new database. */
export type Filled = (size: number) => Promise<Store>

/** Few through the real use cases, many written into the tables. */
export function onSqlite({ folder }: Plan): Filled {
  return async (size) => {
    const file = join(folder, `read-${size}.db`)
    const store = { url: `sqlite:${file}`, secretKey: randomBytes(32).toString('base64url') }
    if (size === endorsements) await fill(store, 0)
    else await fillWithNames(store, size)
    return store
  }
}

/** @param sources as onSqlite has filled them */
export function copied(sources: Map<number, Store>, create: () => Promise<string>): Filled {
  return async (size) => {
    const source = sources.get(size)
    if (source === undefined) throw new Error(`Nothing has ${size} endorsements`)
    const url = await create()
    await copyTo(settingsOf(source), url)
    return { ...source, url }
  }
}

/** @param stores by the number of endorsements, the smallest first */
export async function readingAt(
  plan: Plan,
  kind: string,
  stores: Map<number, Store>,
): Promise<Reading> {
  const cases: Case[] = []
  let smallest: Pick<Reading, 'base' | 'origin'> | null = null
  for (const [size, store] of stores) {
    const site = await startSite(plan.folder, settingsOf(store))
    plan.onClose(() => site.stop())
    const name = `${kind}, ${size.toLocaleString('en')}`
    cases.push(...readingCases(site.url, name, smallest?.base))
    smallest ??= { base: name, origin: site.url }
  }
  if (smallest === null) throw new Error('No size is asked for')
  return { cases, ...smallest }
}

export async function fillAll(sizes: number[], filled: Filled): Promise<Map<number, Store>> {
  const stores = new Map<number, Store>()
  for (const size of sizes) stores.set(size, await filled(size))
  return stores
}

function settingsOf({ url, secretKey }: Store): Settings {
  return { ...production, DATABASE_URL: url, SECRET_KEY: secretKey }
}
