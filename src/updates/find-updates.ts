// Reading updates, for every page that shows some.
import type { Context } from '../context.ts'
import type { Formats } from '../languages/formats.ts'
import { renderText } from '../statements/statement-text.ts'
import { inLanguage, type Statement } from '../statements/stored-statement.ts'
import { listPublicUpdates } from './update-store.ts'
import { textFor, type Update } from './update.ts'

export { countReached } from './recipient-store.ts'
export { listPublicUpdates, listUpdates } from './update-store.ts'

/** An update as everyone reads it. */
export interface ShownUpdate {
  id: string
  title: ReturnType<typeof inLanguage>
  /** safe HTML (statement-text.ts) */
  textHtml: string
  /** ISO instant */
  at: string
  day: string
}

export function shownUpdate(
  update: Update,
  { authoritative }: Pick<Statement, 'authoritative'>,
  language: string,
  format: Formats,
): ShownUpdate {
  const text = textFor(update, language, authoritative)
  const at = update.sentAt ?? update.createdAt
  return {
    id: update.id,
    title: inLanguage(text?.title ?? '', text?.language ?? authoritative),
    textHtml: renderText(text?.body ?? ''),
    at,
    day: format.day(at),
  }
}

/** The latest ones, for the statement's page. */
export async function latestUpdates(
  { db }: Pick<Context, 'db'>,
  statement: Statement,
  language: string,
  format: Formats,
): Promise<ShownUpdate[]> {
  const { updates } = await listPublicUpdates(db, statement.id, { limit: 3, offset: 0 })
  return updates.map((update) => shownUpdate(update, statement, language, format))
}
