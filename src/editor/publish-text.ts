// Use case: a reviewed text takes the place of the public one. Once somebody has confirmed, it is a
// small correction, or a new text about which everyone who endorsed is asked (product.md C-7).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { isFrozen, lockStatement } from '../statements/find-statement.ts'
import { newestMeaning, type Statement } from '../statements/stored-statement.ts'
import { askAgain } from '../statements/text-changes.ts'
import { listWorking } from './editor-store.ts'
import { meaningOf, showText } from './show-text.ts'
import { textMark, type WorkingText, workingTexts } from './working-texts.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'random'>

/**
 * `free`: nobody stands behind what is public · `follows`: a translation now says what the new
 * authoritative text says · `frozen`: people stand behind the text as it is
 */
export type Standing = 'free' | 'follows' | 'frozen'

export async function standingOf(
  db: Db,
  statement: Statement,
  text: WorkingText,
): Promise<Standing> {
  const present = statement.versions.find(({ language }) => language === text.language)
  if (present === undefined || !(await isFrozen(db, statement.id))) return 'free'
  return (await meaningOf(db, statement, text)) > present.meaning ? 'follows' : 'frozen'
}

export type TextPublished =
  'published' | 'collided' | 'not-reviewed' | 'not-small' | 'reason-missing' | 'not-found'

export interface PublishTextWanted {
  language: string
  madeFrom: string
  /** said in public beside the difference; needed when the text is frozen */
  reason: string
  /** somebody says that a frozen text only loses small mistakes */
  isSmall: boolean
  /** it changes what the authoritative text says, and everyone who endorsed is asked */
  isNewText: boolean
}

export async function publishText(
  ctx: Needs,
  slug: string,
  wanted: PublishTextWanted,
  actor: string,
): Promise<TextPublished> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    const texts = statement ? workingTexts(statement, await listWorking(tx, statement.id)) : []
    const text = texts.find(({ language }) => language === wanted.language)
    if (!statement || !text) return 'not-found'
    if (text.mark !== wanted.madeFrom) return 'collided'
    if (text.state !== 'reviewed') return 'not-reviewed'
    const standing = await standingOf(tx, statement, text)
    const isFrozenText = standing === 'frozen'
    const isNew = isFrozenText && wanted.isNewText && text.isAuthoritative
    if (isFrozenText && !isNew && !wanted.isSmall) return 'not-small'
    if (isFrozenText && wanted.reason === '') return 'reason-missing'
    const meaning = isNew ? newestMeaning(statement) + 1 : await meaningOf(tx, statement, text)
    const reason = standing === 'free' ? null : wanted.reason
    await showText(tx, ctx, statement, text, { meaning, reason, isAsking: isNew, actor })
    for (const each of isNew ? readyWith(text, texts) : []) {
      await showText(tx, ctx, statement, each, { meaning, reason: '', isAsking: false, actor })
    }
    if (standing === 'follows') await askAgain(tx, statement.id)
    return 'published'
  })
}

/** The translations that say what a new authoritative text says: they become public with it. */
export function readyWith(main: WorkingText, texts: WorkingText[]): WorkingText[] {
  return texts.filter(
    ({ isAuthoritative, state, source }) =>
      !isAuthoritative &&
      state !== 'draft' &&
      source !== null &&
      textMark(source) === textMark(main),
  )
}
