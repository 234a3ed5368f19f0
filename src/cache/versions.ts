// Whether a page that was rendered is still true (docs/adr/0013). In a flood of commits it stays so for
// some milliseconds, and whoever committed is answered after them.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../context.ts'
import type { Commits } from '../db/commits.ts'
import type { Db } from '../db/schema.ts'
import { readRevisions, type Revisions, versionAt } from './revisions.ts'

export interface Versions {
  /** Of the pages of one statement, or of those about several (null); null: it must be read first. */
  known(slug: string | null): string | null
  read(slug: string | null): Promise<string>
  /** When everyone who asks sees what this process has committed; null: they do. */
  seen(): Promise<void> | null
}

interface Read extends Revisions {
  commits: number
  startedAt: number
}

/** what other processes change is known within so long */
const knownMs = 1000
/** what this one changes is asked for at once, so many times; in a flood so often */
const mostAtOnce = 50
const perMs = 50 / 1000

/** @param elapsed milliseconds since any moment, which nobody can set */
export function openVersions(
  db: Db,
  clock: Clock,
  commits: Commits,
  elapsed: () => number = () => performance.now(),
): Versions {
  /** so many commits are asked for; pages may have been rendered since */
  const seen = { commits: commits.count, isRead: false }
  const turns = { left: mostAtOnce, at: elapsed() }
  let last: Read | null = null
  let reading: { commits: number; done: Promise<Read> } | null = null

  /** @returns how long it is until more commits may be asked for, ms */
  function wait(): number {
    const now = elapsed()
    turns.left = Math.min(mostAtOnce, turns.left + (now - turns.at) * perMs)
    turns.at = now
    return seen.isRead ? Math.max(0, (1 - turns.left) / perMs) : 0
  }

  function seenCommits(): number {
    if (seen.commits === commits.count || wait() > 0) return seen.commits
    if (seen.isRead) turns.left -= 1
    Object.assign(seen, { commits: commits.count, isRead: false })
    return seen.commits
  }

  async function readNow(asked: number): Promise<Read> {
    const before = { commits: asked, startedAt: elapsed() }
    const read = { ...(await readRevisions(db)), ...before }
    // of two at once, the one that began later knows more
    if (last === null || last.startedAt <= read.startedAt) last = read
    return read
  }

  /** Many who ask share one. */
  function ask(): Promise<Read> {
    const asked = seenCommits()
    if (reading?.commits === asked) return reading.done
    seen.isRead = true
    const mine = { commits: asked, done: readNow(asked) }
    const forget = () => {
      if (reading === mine) reading = null
    }
    reading = mine
    mine.done.then(forget, forget)
    return mine.done
  }

  const version = (read: Read, slug: string | null) => versionAt(read, slug, clock.now().getTime())

  return {
    known(slug) {
      const isKnown = last?.commits === seenCommits() && elapsed() - last.startedAt < knownMs
      return isKnown && last !== null ? version(last, slug) : null
    },
    read: async (slug) => version(await ask(), slug),
    seen() {
      const left = seen.commits === commits.count ? 0 : wait()
      return left > 0 ? pause(Math.ceil(left) + 1) : null
    },
  }
}
