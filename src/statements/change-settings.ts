// Use case: other settings for a statement, unless somebody else has changed them meanwhile.
import { isDeepStrictEqual } from 'node:util'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { markOf } from '../text/mark.ts'
import type { Settings } from './assemble-statement.ts'
import { lockStatement, writeStatement, writeTopics } from './statement-store.ts'
import { type Statement, statusAt } from './stored-statement.ts'

/** The opening is set by publishing, and the deadline of an open statement on a page of its own. */
export type ChangeableSettings = Omit<Settings, 'opensAt'> & Pick<Statement, 'protectedNames'>

export function settingsOf(statement: Statement): ChangeableSettings {
  const { kind, convenors, addressees, topics, signers, visibilityDefault, discreet } = statement
  const { review, dated, closesAt, embargoUntil, originallyPublished, protectedNames } = statement
  const who = { convenors, addressees, topics, signers, visibilityDefault }
  const how = { discreet, review, dated, originallyPublished, protectedNames }
  return { kind, ...who, ...how, closesAt, embargoUntil }
}

/** Names the settings as somebody saw them. */
export function settingsMark(statement: Statement): string {
  return markOf(settingsOf(statement))
}

export type SettingsChanged = 'changed' | 'unchanged' | 'collided' | 'not-found'

/** @param madeFrom the mark of the settings that the form was made from */
export async function changeSettings(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  slug: string,
  wanted: ChangeableSettings,
  madeFrom: string,
  actor: string,
): Promise<SettingsChanged> {
  return db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    const isDraft = statusAt(statement, clock.now()) === 'draft'
    const closesAt = isDraft ? wanted.closesAt : statement.closesAt
    const settings = { ...wanted, closesAt }
    const names = changedNames(settingsOf(statement), settings)
    if (names.length === 0) return 'unchanged'
    if (settingsMark(statement) !== madeFrom) return 'collided'
    await writeStatement(tx, { ...statement, ...settings, updatedAt: clock.now().toISOString() })
    await writeTopics(tx, statement.id, settings.topics)
    const detail = { settings: names.join(', ') }
    await record(tx, { clock }, { actor, action: 'settings changed', subject: slug, detail })
    return 'changed'
  })
}

function changedNames(before: ChangeableSettings, after: ChangeableSettings): string[] {
  return Object.entries(after)
    .filter(([name, value]) => !isDeepStrictEqual(value, before[name as keyof ChangeableSettings]))
    .map(([name]) => name)
}
