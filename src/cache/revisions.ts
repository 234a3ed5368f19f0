// What public pages are made from, in a few numbers that change with it (docs/adr/0013).
import { readHead } from '../audit/audit.ts'
import type { Db } from '../db/schema.ts'
import { switchesOff } from '../switches/switches.ts'
import { readStatementRevisions } from './revision-store.ts'

export interface Revisions {
  /** changes with everything that is done at the desk and at the command line */
  site: string
  /** how often counts and list of each statement have changed, by slug */
  statements: Map<string, number>
  /** all of them */
  total: number
  /** when the clock alone changes a page, in ms, ascending */
  instants: number[]
}

export async function readRevisions(db: Db): Promise<Revisions> {
  const { seq } = await readHead(db)
  const off = [...(await switchesOff(db)).keys()].sort()
  const statements = await readStatementRevisions(db)
  return {
    site: `${seq} ${off.join()}`,
    statements: new Map(statements.map(({ slug, revision }) => [slug, revision])),
    total: statements.reduce((sum, { revision }) => sum + revision, 0),
    instants: statements
      .flatMap(({ instants }) => instants.map((instant) => Date.parse(instant)))
      .sort((a, b) => a - b),
  }
}

const dayMs = 86_400_000

/**
 * The same while the pages of a statement, or those about several (null), are the same.
 * @param now ms
 */
export function versionAt(
  { site, statements, total, instants }: Revisions,
  slug: string | null,
  now: number,
): string {
  const next = instants.findIndex((instant) => instant > now)
  const passed = next === -1 ? instants.length : next
  // charts end today
  const day = Math.floor(now / dayMs)
  return `${site} ${passed} ${day} ${slug === null ? total : (statements.get(slug) ?? '')}`
}
