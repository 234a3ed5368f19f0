// A statement as the database keeps it, and what the clock makes of it.
import type { Direction } from '../languages/languages.ts'
import { dirOf } from '../languages/languages.ts'
import type { StatementFile } from './statement.ts'
import type { NamesHidden, StoredState } from './tables.ts'

/** A numbered, hashed state of the text of a language version. */
export interface TextVersion {
  id: string
  language: string
  number: number
  title: string
  summary: string
  body: string
  hash: string
  /** counts what the authoritative text has said so far: 1, and 1 more with each new text */
  meaning: number
}

export interface Statement extends Omit<StatementFile, 'versions'> {
  id: string
  state: StoredState
  /** when it was closed by hand, before or without a deadline */
  closedAt: string | null
  deliveredAt: string | null
  takenDownReason: string | null
  /** whose names a coordinator has taken out of public view, and when */
  namesHidden: NamesHidden | null
  namesHiddenAt: string | null
  /** signing rests since */
  pausedAt: string | null
  /** held for review besides those of the whole site */
  protectedNames: string[]
  /** visitors with JavaScript are asked for a proof of work */
  proofOfWork: boolean
  createdAt: string
  updatedAt: string
  /** the current text of each language version, the authoritative one first */
  versions: TextVersion[]
}

export type Status = StoredState

/** Confirming what was signed in time stays possible this long after closing (product.md M-9). */
export const graceHours = 24

/** A statement opens and closes by itself at the instants it was given (product.md §2). */
export function statusAt(
  statement: Pick<Statement, 'state' | 'opensAt' | 'closesAt'>,
  now: Date,
): Status {
  const { state, opensAt, closesAt } = statement
  if (state !== 'draft' && state !== 'open') return state
  const hasOpened = state === 'open' || (opensAt !== null && opensAt.instant <= now.toISOString())
  if (!hasOpened) return 'draft'
  return closesAt !== null && closesAt.instant <= now.toISOString() ? 'closed' : 'open'
}

/** Until when nothing of it may be seen from outside, whatever its status; null when it may be. */
export function embargoAt({ embargoUntil }: Pick<Statement, 'embargoUntil'>, now: Date) {
  return embargoUntil !== null && embargoUntil.instant > now.toISOString() ? embargoUntil : null
}

export function isEmbargoed(statement: Pick<Statement, 'embargoUntil'>, now: Date): boolean {
  return embargoAt(statement, now) !== null
}

export type Times = Pick<
  Statement,
  'id' | 'state' | 'opensAt' | 'closesAt' | 'closedAt' | 'deliveredAt' | 'updatedAt'
>

/** The instant since which nobody can sign any more; null before, and when it was opened again. */
export function closedSince(times: Times, now: Date): Date | null {
  const status = statusAt(times, now)
  if (status === 'draft' || status === 'open') return null
  return new Date(times.closedAt ?? times.closesAt?.instant ?? times.updatedAt)
}

/** When signing ends or ended, as pages tell it: by the deadline, or earlier by hand. */
export function endOf({ closesAt, closedAt }: Pick<Statement, 'closesAt' | 'closedAt'>) {
  const isEarly = closedAt !== null && (closesAt === null || closedAt < closesAt.instant)
  return isEarly ? { instant: closedAt, zone: closesAt?.zone ?? 'UTC' } : closesAt
}

export function maySign(statement: Statement, now: Date): boolean {
  return statusAt(statement, now) === 'open' && statement.pausedAt === null
}

export function mayConfirm(
  statement: Pick<Statement, 'state' | 'opensAt' | 'closesAt' | 'closedAt'>,
  now: Date,
): boolean {
  if (statusAt(statement, now) === 'open') return true
  const closed = statement.closedAt ?? statement.closesAt?.instant ?? null
  if (closed === null || statusAt(statement, now) === 'taken-down') return false
  return now.getTime() < Date.parse(closed) + graceHours * 3_600_000
}

/**
 * Whether what was signed in time can be confirmed. After the grace period it is `late`, and waits for a
 * coordinator to accept it or not.
 */
export function confirmingAt(
  statement: Parameters<typeof mayConfirm>[0],
  now: Date,
): 'in-time' | 'late' | 'over' {
  if (mayConfirm(statement, now)) return 'in-time'
  const status = statusAt(statement, now)
  return status === 'draft' || status === 'taken-down' ? 'over' : 'late'
}

/** The public note that names were taken out of view; null when none were. */
export function namesHiddenOf({ namesHidden, namesHiddenAt }: Statement) {
  return namesHidden !== null && namesHiddenAt !== null
    ? { whose: namesHidden, at: namesHiddenAt }
    : null
}

/** The version in a language, else the authoritative one. */
export function versionFor(statement: Statement, language: string): TextVersion {
  const found =
    statement.versions.find((version) => version.language === language) ??
    statement.versions.find((version) => version.language === statement.authoritative)
  if (!found) throw new Error(`Statement ${statement.slug} has no authoritative version`)
  return found
}

/** The latest that the statement says; a translation may still say what came before. */
export function newestMeaning({ authoritative, versions }: Statement): number {
  return versions.find(({ language }) => language === authoritative)?.meaning ?? 1
}

/** A text with the language and direction it must be marked with. */
export function inLanguage(
  text: string,
  language: string,
): { text: string; lang: string; dir: Direction } {
  return { text, lang: language, dir: dirOf(language) }
}
