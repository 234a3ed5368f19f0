// Whether a page that was rendered is still true (docs/adr/0013). Asked for at most so often that a
// flood of sign-ons does not become a flood of questions.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../context.ts'
import type { Commits } from '../db/commits.ts'
import type { Db } from '../db/schema.ts'
import { readRevisions, type Revisions, versionAt } from './revisions.ts'

export interface Versions {
  /** Of the pages of one statement, or of those about several (null); null: it must be read first. */
  known(slug: string | null): string | null
  read(slug: string | null): Promise<string>
}

interface Read extends Revisions {
  commits: number
  startedAt: number
}

/** Many who ask share one. */
interface Reading {
  /** when it began; null: it waits for its turn */
  commits: number | null
  done: Promise<Read> | null
}

/** what other processes change is known within so long */
const knownMs = 1000
/** what this one changes is asked for at once, so many times; in a flood so often, and who asks waits */
const mostAtOnce = 50
const perSecond = 50

/** @param elapsed milliseconds since any moment, which nobody can set */
export function openVersions(
  db: Db,
  clock: Clock,
  commits: Commits,
  elapsed: () => number = () => performance.now(),
): Versions {
  let last: Read | null = null
  let reading: Reading | null = null
  let allowed = mostAtOnce
  let allowedAt = elapsed()

  /** @returns how long to wait for it, ms */
  function takeTurn(): number {
    const now = elapsed()
    allowed = Math.min(mostAtOnce, allowed + ((now - allowedAt) / 1000) * perSecond) - 1
    allowedAt = now
    return Math.max(0, (-allowed * 1000) / perSecond)
  }

  const isKnown = (read: Read) =>
    read.commits === commits.count && elapsed() - read.startedAt < knownMs

  async function readNow(): Promise<Read> {
    const before = { commits: commits.count, startedAt: elapsed() }
    const read = { ...(await readRevisions(db)), ...before }
    // of two at once, the one that began later knows more
    if (last === null || last.startedAt <= read.startedAt) last = read
    return read
  }

  async function readInTurn(asked: Reading): Promise<Read> {
    const wait = takeTurn()
    if (wait > 0) await pause(wait)
    asked.commits = commits.count
    return readNow()
  }

  function ask(): Promise<Read> {
    // what was committed since it began may be missing in it
    const mayShare = (reading?.commits ?? commits.count) === commits.count
    if (reading?.done && mayShare) return reading.done
    const asked: Reading = { commits: null, done: null }
    const forget = () => {
      if (reading === asked) reading = null
    }
    reading = asked
    asked.done = readInTurn(asked)
    asked.done.then(forget, forget)
    return asked.done
  }

  const version = (read: Read, slug: string | null) => versionAt(read, slug, clock.now().getTime())

  return {
    known: (slug) => (last !== null && isKnown(last) ? version(last, slug) : null),
    read: async (slug) => version(await ask(), slug),
  }
}
