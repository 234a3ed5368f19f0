// Whether a page that was rendered is still true (docs/adr/0013). Asked for at most so often that a
// flood of sign-ons does not become a flood of questions.
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

/** what other processes change is known within so long */
const knownMs = 1000
/** what this one changes is known at once, but for floods: so many times, and so many more a second */
const mostAtOnce = 40
const perSecond = 4

/** @param elapsed milliseconds since any moment, which nobody can set */
export function openVersions(
  db: Db,
  clock: Clock,
  commits: Commits,
  elapsed: () => number = () => performance.now(),
): Versions {
  let last: Read | null = null
  let reading: { commits: number; done: Promise<Read> } | null = null
  let allowed = mostAtOnce
  let allowedAt = elapsed()

  function mayAsk(now: number): boolean {
    allowed = Math.min(mostAtOnce, allowed + ((now - allowedAt) / 1000) * perSecond)
    allowedAt = now
    return allowed >= 1
  }

  function isKnown(read: Read): boolean {
    const now = elapsed()
    if (now - read.startedAt >= knownMs) return false
    return read.commits === commits.count || !mayAsk(now)
  }

  async function readNow(): Promise<Read> {
    const before = { commits: commits.count, startedAt: elapsed() }
    const read = { ...(await readRevisions(db)), ...before }
    // of two at once, the one that began later knows more
    if (last === null || last.startedAt <= read.startedAt) last = read
    return read
  }

  function ask(): Promise<Read> {
    // what was committed since it began may be missing in it
    if (reading?.commits === commits.count) return reading.done
    allowed -= 1
    const asked = { commits: commits.count, done: readNow() }
    const forget = () => {
      if (reading === asked) reading = null
    }
    asked.done.then(forget, forget)
    reading = asked
    return asked.done
  }

  const version = (read: Read, slug: string | null) => versionAt(read, slug, clock.now().getTime())

  return {
    known: (slug) => (last !== null && isKnown(last) ? version(last, slug) : null),
    read: async (slug) => version(await ask(), slug),
  }
}
