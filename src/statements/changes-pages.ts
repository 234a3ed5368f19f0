// Page: what has changed in the text since people began to stand behind it (product.md C-7).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { ownNameOf } from '../languages/languages.ts'
import { findPublic } from './find-public.ts'
import { inLanguage, versionFor } from './stored-statement.ts'
import { changesBetween, textChangesOf } from './text-changes.ts'

export function changesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, t } = speaking(ctx, res)
    const statement = await findPublic(ctx, req)
    const text = versionFor(statement, language)
    const changes = await textChangesOf(ctx.db, statement)
    sendPage(
      ctx,
      req,
      res,
      'statements/changes',
      {
        slug: statement.slug,
        title: inLanguage(text.title, text.language),
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
