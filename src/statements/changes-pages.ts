// Page: what has changed in the text since people began to stand behind it (product.md C-7).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { ownNameOf } from '../languages/languages.ts'
import { differenceOf } from '../text/difference.ts'
import { findPublic } from './find-public.ts'
import { inLanguage, type TextVersion, versionFor } from './stored-statement.ts'
import { textChangesOf } from './text-changes.ts'

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
          pieces: shortened(differenceOf(wholeOf(before), wholeOf(after))),
        })),
      },
      { title: t('changes.heading'), isDiscreet: statement.discreet },
    )
  }
}

const wholeOf = ({ title, summary, body }: TextVersion) =>
  [title, summary, body].filter((part) => part !== '').join('\n\n')

const shownAround = 120

/** Of what stayed the same, only what stands next to a change. */
function shortened(pieces: ReturnType<typeof differenceOf>) {
  return pieces.map((piece, n) => {
    const isLong = piece.kind === 'same' && piece.text.length > 2 * shownAround
    if (!isLong) return piece
    const start = n === 0 ? '' : piece.text.slice(0, shownAround)
    const end = n === pieces.length - 1 ? '' : piece.text.slice(-shownAround)
    return { ...piece, text: `${start} … ${end}` }
  })
}
