// Use case: a statement becomes public, now or at an instant, as it was seen on the checklist: with
// every language version that was reviewed.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { settingsMark } from '../statements/change-settings.ts'
import { lockStatement } from '../statements/find-statement.ts'
import { openLocked, scheduleLocked } from '../statements/open-and-close.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import type { ZonedTime } from '../text/dates.ts'
import { markOf } from '../text/mark.ts'
import { listWorking } from './editor-store.ts'
import { meaningOf, showText } from './show-text.ts'
import { type WorkingText, workingTexts } from './working-texts.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'random'>

/** Names everything that publishing would show, as somebody saw it. */
export function publishMark(statement: Statement, texts: WorkingText[]): string {
  const { opensAt } = statement
  return markOf([settingsMark(statement), opensAt, texts.map(({ mark, state }) => [mark, state])])
}

export type Published =
  | 'opened'
  | 'scheduled'
  | 'collided'
  | 'deadline-passed'
  | 'not-ahead'
  | 'not-a-draft'
  | 'not-found'

export interface PublishWanted {
  /** null: now; 'never' takes a planned opening back */
  at: ZonedTime | null | 'never'
  /** see publishMark */
  madeFrom: string
}

export async function publishStatement(
  ctx: Needs,
  slug: string,
  wanted: PublishWanted,
  actor: string,
): Promise<Published> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    const texts = workingTexts(statement, await listWorking(tx, statement.id))
    const refused = reasonAgainst(statement, texts, wanted, ctx.clock.now())
    if (refused !== null) return refused
    if (wanted.at === 'never') {
      await scheduleLocked(tx, ctx, statement, null, actor)
      return 'scheduled'
    }
    await showReviewed(tx, ctx, statement, texts, actor)
    if (wanted.at === null) return openNow(tx, ctx, statement, actor)
    await scheduleLocked(tx, ctx, statement, wanted.at, actor)
    return 'scheduled'
  })
}

function reasonAgainst(
  statement: Statement,
  texts: WorkingText[],
  { at, madeFrom }: PublishWanted,
  now: Date,
): Exclude<Published, 'opened' | 'scheduled'> | null {
  if (statusAt(statement, now) !== 'draft') return 'not-a-draft'
  if (publishMark(statement, texts) !== madeFrom) return 'collided'
  if (at === 'never') return null
  const closes = statement.closesAt?.instant ?? null
  if (closes !== null && closes <= now.toISOString()) return 'deadline-passed'
  const isAhead =
    at === null || (at.instant > now.toISOString() && (closes === null || at.instant < closes))
  return isAhead ? null : 'not-ahead'
}

async function openNow(tx: Db, ctx: Needs, statement: Statement, actor: string) {
  const opened = await openLocked(tx, ctx, statement, actor)
  if (opened !== 'opened') throw new Error(`A draft could not be opened: ${opened}`)
  return opened
}

async function showReviewed(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  texts: WorkingText[],
  actor: string,
): Promise<void> {
  for (const text of texts.filter(({ state }) => state === 'reviewed')) {
    const meaning = await meaningOf(tx, statement, text)
    await showText(tx, ctx, statement, text, { meaning, reason: null, isAsking: false, actor })
  }
}
