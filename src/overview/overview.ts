// Use case: everything about one statement at a glance.
import type { Context } from '../context.ts'
import { teamOf } from '../coordinators/teams.ts'
import { languages } from '../languages/languages.ts'
import { countReportedAndCounted } from '../reports/reported.ts'
import { type Counts, countsOf } from '../signatories/counts.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import { type Check, checksOf } from './night-before.ts'
import {
  countConfidential,
  countDays,
  countMails,
  countPlaces,
  countStates,
  countTexts,
  type DayCount,
  type MailCounts,
  type PlaceCount,
  type StateCount,
  type TextCount,
} from './overview-store.ts'

export interface Overview {
  counts: Counts
  states: StateCount[]
  days: DayCount[]
  countries: PlaceCount[]
  languages: PlaceCount[]
  texts: TextCount[]
  /** confirmed confidential ones: in no country and no language */
  confidential: number
  mails: MailCounts
  checks: Check[]
}

export async function overviewOf(ctx: Context, statement: Statement): Promise<Overview> {
  const { db } = ctx
  const { id } = statement
  const states = await countStates(db, id)
  const mails = await countMails(db, id)
  return {
    counts: await countsOf(db, statement),
    states,
    days: await countDays(db, id),
    countries: await countPlaces(db, id, 'country'),
    languages: await countPlaces(db, id, 'language'),
    texts: await countTexts(db, id),
    confidential: await countConfidential(db, id),
    mails,
    checks: await look(ctx, statement, states, mails),
  }
}

async function look(
  ctx: Context,
  statement: Statement,
  states: StateCount[],
  mails: MailCounts,
): Promise<Check[]> {
  const now = ctx.clock.now()
  const inState = (...wanted: string[]) =>
    states.filter(({ state }) => wanted.includes(state)).reduce((sum, { n }) => sum + n, 0)
  const team = await teamOf(ctx, statement.id)
  return checksOf({
    statement,
    status: statusAt(statement, now),
    now,
    undecided: inState('held', 'suspect') + (await countReportedAndCounted(ctx.db, statement.id)),
    pending: inState('pending'),
    mails,
    isMailPaused: (await ctx.switches.offSince('mail')) !== null,
    isSigningPaused: (await ctx.switches.offSince('signing')) !== null,
    hasMailServer: ctx.config.smtpUrl !== null,
    deciders: team.filter(({ role }) => role === 'coordinator').length,
    missing: languages.map(({ code }) => code).filter((code) => !isWritten(statement, code)),
  })
}

function isWritten({ versions }: Statement, code: string): boolean {
  return versions.some(({ language }) => language === code)
}
