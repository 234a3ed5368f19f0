// Page: the language versions of a statement, with what is missing in each.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { ownNameOf } from '../languages/languages.ts'
import { canonicalLanguage } from '../statements/language-files.ts'
import { inLanguage, statusAt } from '../statements/stored-statement.ts'
import { knownLanguages } from './known-languages.ts'
import { readWorkingTexts } from './save-text.ts'
import { textRoutes } from './text-pages.ts'
import { countWords } from './working-texts.ts'

export function textsRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/texts'
  return [
    { method: 'get', path, needs: 'read', handle: (req, res, desk) => texts(ctx, req, res, desk) },
    {
      method: 'post',
      path,
      needs: 'translate',
      handle: (req, res, desk) => begin(ctx, req, res, desk),
    },
    ...textRoutes(ctx),
  ]
}

async function texts(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths, language } = speaking(ctx, res)
  const { statement, may } = desk
  const { slug } = statement
  const all = await readWorkingTexts(ctx, statement)
  const there = new Set(all.map((text) => text.language))
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/texts',
    {
      action: paths.desk.of(slug, 'texts'),
      isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
      mayTranslate: may.translate,
      texts: all.map((text) => ({
        name: ownNameOf(text.language),
        language: text.language,
        title: inLanguage(text.title, text.language),
        state: text.state,
        isStale: text.isStale,
        isAuthoritative: text.isAuthoritative,
        words: countWords(text.body, text.language),
        editHref: mayWrite(desk, text.language)
          ? paths.desk.of(slug, `texts/${text.language}`)
          : null,
        previewHref: paths.desk.of(slug, `preview/${text.language}`),
      })),
      languages: knownLanguages(language).filter(({ code }) => !there.has(code)),
    },
    { title: t('desk.page.texts') },
  )
}

const mayWrite = ({ may, statement }: StatementDesk, language: string) =>
  language === statement.authoritative ? may.coordinate : may.translate

/** Nothing is stored before there is a text. */
function begin(ctx: Context, req: Request, res: Response, { statement }: StatementDesk): void {
  const { paths } = speaking(ctx, res)
  const language = canonicalLanguage((fieldsOf(req)['language'] ?? '').trim())
  const page = language === null ? 'texts' : `texts/${language}`
  res.redirect(303, paths.desk.of(statement.slug, page))
}
