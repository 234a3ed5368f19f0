// What to look at before a statement closes, and what waits for a decision now. Pure.
import { maySign, type Statement, type Status } from '../statements/stored-statement.ts'
import type { MailCounts } from './overview-store.ts'

export interface Situation {
  statement: Statement
  status: Status
  now: Date
  /** endorsements that wait for a coordinator: not counted, or reported */
  undecided: number
  pending: number
  mails: MailCounts
  isMailPaused: boolean
  isSigningPaused: boolean
  hasMailServer: boolean
  /** people of the team who may decide */
  deciders: number
  /** languages of the interface without a language version */
  missing: string[]
}

export const checkNames = [
  'signing',
  'decisions',
  'mails',
  'pending',
  'deadline',
  'languages',
  'team',
] as const
export type CheckName = (typeof checkNames)[number]

export interface Check {
  name: CheckName
  isFine: boolean
  /** waits for somebody now, not only before closing */
  isUrgent: boolean
  n: number
}

/** The page of the statement where it is put right: the first that there is. */
export const fixes: Record<CheckName, readonly string[]> = {
  signing: ['switches'],
  decisions: ['review'],
  mails: [],
  pending: ['review'],
  deadline: ['deadline', 'settings', 'edit'],
  languages: ['texts', 'languages', 'versions', 'edit'],
  team: ['team'],
}

export function checksOf(situation: Situation): Check[] {
  const { statement, status, now, mails, missing } = situation
  const stuck = mails.failing + mails.failed
  const isStopped = status === 'open' && (!maySign(statement, now) || situation.isSigningPaused)
  const hasNoMail = situation.isMailPaused || !situation.hasMailServer
  const counts: Record<CheckName, { n: number; isFine: boolean; isUrgent?: boolean }> = {
    signing: { n: 0, isFine: !isStopped, isUrgent: true },
    decisions: { n: situation.undecided, isFine: situation.undecided === 0, isUrgent: true },
    mails: { n: stuck, isFine: stuck === 0 && !hasNoMail, isUrgent: true },
    pending: { n: situation.pending, isFine: situation.pending === 0 },
    deadline: { n: 0, isFine: statement.closesAt !== null },
    languages: { n: missing.length, isFine: missing.length === 0 },
    team: { n: situation.deciders, isFine: situation.deciders >= 2 },
  }
  return checkNames
    .map((name) => ({ isUrgent: false, ...counts[name], name }))
    .toSorted((a, b) => Number(a.isFine) - Number(b.isFine))
}
