// What the page of a text offers for publishing it: nothing, a button, or the choice between a small
// correction and a new text. Drafts of a whole statement are published together, on a page of their own.
import type { Context } from '../context.ts'
import type { StatementDesk } from '../desk/desk.ts'
import { dirOf, ownNameOf } from '../languages/languages.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { wholeOf } from '../statements/text-changes.ts'
import { differenceOf } from '../text/difference.ts'
import { readyWith, standingOf } from './publish-text.ts'
import type { WorkingText } from './working-texts.ts'

/** What was typed into the forms for publishing. */
export interface Typed {
  reason: string
  what_changed: string
}

export async function publishingOf(
  ctx: Context,
  { statement, may }: StatementDesk,
  { text, texts }: { text: WorkingText | null; texts: WorkingText[] },
  typed: Typed,
  action: string,
) {
  const isDraft = statusAt(statement, ctx.clock.now()) === 'draft'
  if (!text || text.state !== 'reviewed' || isDraft || !may.coordinate) return null
  const { language } = text
  const present = statement.versions.find((each) => each.language === language)
  const standing = await standingOf(ctx.db, statement, text)
  const isFrozen = standing === 'frozen'
  return {
    action,
    standing,
    pieces: present ? differenceOf(wholeOf(present), wholeOf(text)) : null,
    lang: language,
    dir: dirOf(language),
    typed,
    newText: isFrozen && text.isAuthoritative ? readinessOf(text, texts) : null,
  }
}

const named = (texts: WorkingText[]) =>
  texts.map(({ language }) => ({ language, name: ownNameOf(language) }))

/** Which translations become public together with a new authoritative text, and which are behind. */
function readinessOf(main: WorkingText, texts: WorkingText[]) {
  const ready = readyWith(main, texts)
  const behind = texts.filter((each) => each !== main && !ready.includes(each))
  return { ready: named(ready), behind: named(behind) }
}
