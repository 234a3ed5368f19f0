// Which organisations on a statement are alike. To open and compare thousands of names takes seconds,
// so what was read stays in memory for some minutes; each look reads anew only what has changed.
import type { Context } from '../context.ts'
import { openTurns } from '../db/turns.ts'
import { listByIds, listOrganisationRevisions, type WithAddress } from '../endorsements/decide.ts'
import { domainsOf } from '../review/signals.ts'
import {
  type Likeness,
  type Named,
  openSimilarNames,
  possible,
  type SimilarNames,
} from '../text/similar-names.ts'

/** Only what is compared: an address is read when it is shown. */
export interface KnownName extends Named {
  id: string
  revision: number
}

export interface Alike {
  /** the one that was signed first */
  first: KnownName
  second: KnownName
  score: number
  why: Likeness[]
}

export interface Known {
  names: SimilarNames<KnownName>
  /** the most alike first */
  pairs: Alike[]
}

export interface Likenesses {
  /** As it is now. */
  on(statementId: string): Promise<Known>
  close(): void
}

interface Kept extends Known {
  byId: Map<string, KnownName>
}

const states = ['confirmed', 'held', 'suspect'] as const
const mostStatements = 4
const keptMs = 10 * 60_000
const openedAtOnce = 200

export function openLikenesses(ctx: Pick<Context, 'db' | 'vault'>): Likenesses {
  const kept = new Map<string, Promise<Kept>>()
  const timer = setTimeout(() => kept.clear(), keptMs).unref()
  return {
    on(statementId) {
      timer.refresh()
      const before = kept.get(statementId)?.catch(empty) ?? Promise.resolve(empty())
      // one after the other: of two who look, the second finds what the first has read
      const now = before.then((known) => bringUpToDate(ctx, statementId, known))
      kept.delete(statementId)
      kept.set(statementId, now)
      for (const id of [...kept.keys()].slice(0, -mostStatements)) kept.delete(id)
      return now
    },
    close: () => clearTimeout(timer),
  }
}

const empty = (): Kept => ({ byId: new Map(), names: openSimilarNames([], possible), pairs: [] })

async function bringUpToDate(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  statementId: string,
  kept: Kept,
): Promise<Kept> {
  const current = await listOrganisationRevisions(db, statementId, states)
  forgetOthers(kept, new Map(current.map(({ id, revision }) => [id, revision])))
  const wanting = current.filter(({ id }) => !kept.byId.has(id)).map(({ id }) => id)
  if (wanting.length === 0) return kept
  const turn = openTurns()
  for (let from = 0; from < wanting.length; from += openedAtOnce) {
    for (const each of await listByIds(db, vault, wanting.slice(from, from + openedAtOnce))) {
      await turn()
      const name = nameOf(each)
      if (name) addName(kept, name)
    }
  }
  const place = new Map(current.map(({ id }, at) => [id, at]))
  const placeOf = ({ id }: KnownName) => place.get(id) ?? 0
  kept.pairs = kept.pairs
    .map((pair) => inOrder(pair, placeOf))
    .sort((a, b) => b.score - a.score || placeOf(a.second) - placeOf(b.second))
  return kept
}

/** Those that have changed, or are gone. */
function forgetOthers(kept: Kept, revisions: Map<string, number>): void {
  const { byId, names } = kept
  const gone = [...byId.values()].filter(({ id, revision }) => revisions.get(id) !== revision)
  if (gone.length === 0) return
  for (const name of gone) {
    byId.delete(name.id)
    names.remove(name)
  }
  kept.pairs = kept.pairs.filter(({ first, second }) => byId.has(first.id) && byId.has(second.id))
}

function addName({ byId, names, pairs }: Kept, name: KnownName): void {
  for (const { item, score, why } of names.similarTo(name)) {
    pairs.push({ first: item, second: name, score, why })
  }
  names.add(name)
  byId.set(name.id, name)
}

function inOrder(pair: Alike, placeOf: (name: KnownName) => number): Alike {
  const { first, second } = pair
  return placeOf(first) <= placeOf(second) ? pair : { ...pair, first: second, second: first }
}

/** null when its name was destroyed */
export function nameOf({ endorsement, address }: WithAddress): KnownName | null {
  const { details, id, revision, country } = endorsement
  if (details === null) return null
  const { mailbox, website } = domainsOf(endorsement, address)
  const { name, acronym } = details
  return { id, revision, name, acronym, country, domain: website ?? mailbox }
}
