// Use case: a reviewed text takes the place of the public one. Once somebody has confirmed, only small
// corrections may, and what they change stays to be seen (product.md C-7).
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { changeText } from '../statements/change-text.ts'
import { isFrozen, lockStatement } from '../statements/find-statement.ts'
import { noteCorrection } from '../statements/text-changes.ts'
import { listWorking } from './editor-store.ts'
import { markPublished } from './publish-statement.ts'
import { workingTexts } from './working-texts.ts'

export type TextPublished =
  'published' | 'collided' | 'not-reviewed' | 'reason-missing' | 'not-found'

/** @param reason said in public beside the difference; needed when the text is frozen */
export async function publishText(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  slug: string,
  wanted: { language: string; madeFrom: string; reason: string },
  actor: string,
): Promise<TextPublished> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    const texts = statement ? workingTexts(statement, await listWorking(tx, statement.id)) : []
    const text = texts.find(({ language }) => language === wanted.language)
    if (!statement || !text) return 'not-found'
    if (text.mark !== wanted.madeFrom) return 'collided'
    if (text.state !== 'reviewed') return 'not-reviewed'
    const present = statement.versions.find(({ language }) => language === wanted.language)
    const isCorrection = present !== undefined && (await isFrozen(tx, statement.id))
    if (isCorrection && wanted.reason === '') return 'reason-missing'
    const { language, title, summary, body } = text
    const changed = await changeText(tx, ctx, statement, { language, title, summary, body })
    await markPublished(tx, ctx, statement, text)
    if (isCorrection && changed.previousId !== null) {
      const between = { statementId: statement.id, from: changed.previousId, to: changed.id }
      await noteCorrection(tx, ctx, { ...between, reason: wanted.reason })
    }
    const detail = { language, number: changed.number }
    await record(tx, ctx, { actor, action: 'text published', subject: slug, detail })
    return 'published'
  })
}
