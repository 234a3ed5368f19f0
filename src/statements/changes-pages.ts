// Page: what has changed in the text since people began to stand behind it (product.md C-7).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { ownNameOf } from '../languages/languages.ts'
import { fewestTold } from '../signatories/breakdown.ts'
import { countsOf } from '../signatories/counts.ts'
import { textCountsOf } from '../signatories/text-counts.ts'
import { findPublic } from './find-public.ts'
import { inLanguage, type Statement, versionFor } from './stored-statement.ts'
import { changesBetween, textChangesOf } from './text-changes.ts'
import { findTextAt } from './text-store.ts'

export function changesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, t } = speaking(ctx, res)
    const statement = await findPublic(ctx, req)
    const text = versionFor(statement, language)
    const changes = await textChangesOf(ctx.db, statement)
    const behind = await behindOf(ctx, statement)
    sendPage(
      ctx,
      req,
      res,
      'statements/changes',
      {
        slug: statement.slug,
        title: inLanguage(text.title, text.language),
        behind,
        now: ctx.clock.now().toISOString(),
        fewestTold,
        changes: changes.map(({ before, after, reason, changedAt, isNewText }) => ({
          language: ownNameOf(after.language),
          lang: after.language,
          dir: inLanguage('', after.language).dir,
          number: after.number,
          reason,
          isNewText,
          changedAt,
          pieces: changesBetween(before, after),
        })),
      },
      { title: t('changes.heading'), isDiscreet: statement.discreet },
    )
  }
}

/** How many stand behind each text, by the number that its authoritative version has last had. */
async function behindOf({ db }: Context, statement: Statement) {
  const told = await textCountsOf(db, statement, await countsOf(db, statement))
  if (told === null) return null
  const { id: statementId, authoritative: language } = statement
  const texts = []
  for (const { meaning, n } of told.texts ?? []) {
    const text = await findTextAt(db, { statementId, language, meaning })
    texts.push({ number: text?.number ?? meaning, n })
  }
  return { isTold: told.texts !== null, texts }
}
