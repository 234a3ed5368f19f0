// What is looked at before a statement is published. Pure.
import type { MessageArguments, MessageKey } from '../languages/languages.ts'
import { ownNameOf } from '../languages/languages.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { WorkingText } from './working-texts.ts'

export interface Check {
  /** without it, publishing is refused */
  isNeeded: boolean
  message: MessageKey
  args: MessageArguments
  /** the page of the statement where it is put right; null: not at the desk */
  page: string | null
}

/** What is missing or odd; [] when all is well. */
export function checklistOf(
  statement: Statement,
  texts: WorkingText[],
  site: { now: Date; hasMail: boolean },
): Check[] {
  return [...ofSettings(statement, site), ...texts.flatMap((text) => ofText(text, texts))]
}

function ofSettings(
  { closesAt, convenors, addressees }: Statement,
  { now, hasMail }: { now: Date; hasMail: boolean },
): Check[] {
  const isOver = closesAt !== null && closesAt.instant <= now.toISOString()
  const found: [isMissing: boolean, message: MessageKey, page: string | null][] = [
    [closesAt === null, 'editor.check.no-deadline', 'settings'],
    [convenors.length === 0, 'editor.check.no-convenor', 'settings'],
    [addressees.length === 0, 'editor.check.no-addressee', 'settings'],
    [!hasMail, 'editor.check.no-mail', null],
  ]
  const over = { isNeeded: true, message: 'editor.check.over', args: {}, page: 'settings' } as const
  return [
    ...(isOver ? [over] : []),
    ...found
      .filter(([isMissing]) => isMissing)
      .map(([, message, page]) => ({ isNeeded: false, message, args: {}, page })),
  ]
}

function ofText(text: WorkingText, texts: WorkingText[]): Check[] {
  const main = texts.find(({ isAuthoritative }) => isAuthoritative)
  const lacksSummary = text.summary === '' && (text.isAuthoritative || main?.summary !== '')
  const found: [isMissing: boolean, message: MessageKey][] = [
    [text.state === 'draft', 'editor.check.draft'],
    [text.isStale, 'editor.check.stale'],
    [lacksSummary, 'editor.check.no-summary'],
  ]
  const args = { language: ownNameOf(text.language) }
  const page = `texts/${text.language}`
  return found
    .filter(([isMissing]) => isMissing)
    .map(([, message]) => ({ isNeeded: false, message, args, page }))
}
