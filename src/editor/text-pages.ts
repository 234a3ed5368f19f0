// Page: one language version, with the authoritative text at its side.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { dirOf, ownNameOf } from '../languages/languages.ts'
import { canonicalLanguage } from '../statements/language-files.ts'
import type { LanguageVersion } from '../statements/statement.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { wholeOf } from '../statements/text-changes.ts'
import { differenceOf } from '../text/difference.ts'
import { checkLine } from '../text/names.ts'
import type { EditorFault } from './field-faults.ts'
import { publishText } from './publish-text.ts'
import { publishingOf, type Typed } from './publishing-view.ts'
import { readWorkingTexts, saveText } from './save-text.ts'
import { readText, type TextValues, typedText } from './text-form.ts'
import { countWords, type WorkingText } from './working-texts.ts'

export function textRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/texts/:language'
  return [
    {
      method: 'get',
      path,
      needs: 'translate',
      handle: (req, res, desk) => open(ctx, req, res, desk),
    },
    {
      method: 'post',
      path,
      needs: 'translate',
      handle: (req, res, desk) => save(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${path}/publish`,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => publish(ctx, req, res, desk),
    },
  ]
}

/** Throws NotFound for no language, and refuses the authoritative text to translators. */
function languageFrom(req: Request, { statement, may }: StatementDesk): string {
  const typed = String(req.params['language'] ?? '')
  const language = canonicalLanguage(typed)
  if (language === null || language !== typed) throw new NotFound()
  const isAllowed = language === statement.authoritative ? may.coordinate : may.translate
  if (!isAllowed) throw Object.assign(new Error('forbidden'), { status: 403 })
  return language
}

interface Shown {
  language: string
  /** null: what is stored */
  values: TextValues | null
  faults: EditorFault[]
  /** into the forms for publishing */
  typed?: Typed
  /** somebody else has saved this meanwhile */
  hasCollided?: boolean
}

async function open(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const language = languageFrom(req, desk)
  await textPage(ctx, req, res, desk, { language, values: null, faults: [] })
}

async function textPage(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  shown: Shown,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const { language, faults } = shown
  const texts = await readWorkingTexts(ctx, statement)
  const text = texts.find((each) => each.language === language) ?? null
  const main = texts.find(({ isAuthoritative }) => isAuthoritative) as WorkingText
  const stored = text ?? { title: '', summary: '', body: '' }
  const values = shown.values ?? stored
  const isTranslation = language !== statement.authoritative
  const here = `texts/${language}`
  const hasFaults = faults.length > 0
  const { typed = { reason: '', what_changed: '' } } = shown
  const publishAction = paths.desk.of(statement.slug, `${here}/publish`)
  const publishing = await publishingOf(ctx, desk, { text, texts }, typed, publishAction)
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/text',
    {
      action: paths.desk.of(statement.slug, here),
      name: ownNameOf(language),
      lang: language,
      dir: dirOf(language),
      values,
      faults: faults.map(({ field, message, args }) => ({ field, message: t(message, args) })),
      madeFrom: text?.mark ?? '',
      sourceMark: main.mark,
      words: countWords(values.body, language),
      state: text?.state ?? null,
      isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
      isSaved: textParam(req, 'saved') !== '' && !hasFaults,
      source: isTranslation ? sideOf(main, main.language) : null,
      changed: changedSource(text, main),
      newer: shown.hasCollided === true && text ? sideOf(text, language) : null,
      publishing,
      // the forms are gone, but not what was typed into them
      kept: publishing === null ? typed.what_changed || typed.reason : '',
      previewHref: text ? paths.desk.of(statement.slug, `preview/${language}`) : null,
      allHref: paths.desk.of(statement.slug, 'texts'),
    },
    {
      status: hasFaults ? (shown.hasCollided === true ? 409 : 422) : 200,
      title: `${t('desk.page.texts')}: ${ownNameOf(language)}`,
      hasFaults,
    },
  )
}

function sideOf({ title, summary, body }: TextValues, language: string) {
  const words = countWords(body, language)
  return { title, summary, body, lang: language, dir: dirOf(language), words }
}

/** What is different in the authoritative text since this was translated; null when nothing is. */
function changedSource(text: WorkingText | null, main: WorkingText) {
  if (!text?.isStale || !text.source) return null
  const pieces = differenceOf(wholeOf(text.source), wholeOf(main))
  return { pieces, lang: main.language, dir: dirOf(main.language) }
}

async function save(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const language = languageFrom(req, desk)
  const typed = fieldsOf(req)
  const values = typedText(typed)
  const again = (faults: EditorFault[], hasCollided = false) =>
    textPage(ctx, req, res, desk, { language, values, faults, hasCollided })
  const read = readText(values, language)
  if (!read.ok) return again(read.faults)
  const wanted = wantedFrom(read.text, typed)
  const { slug } = desk.statement
  switch (await saveText(ctx, slug, wanted, desk.coordinator.id)) {
    case 'saved':
      return res.redirect(303, paths.desk.of(slug, `texts/${language}`, { saved: 'yes' }))
    case 'collided':
      return again([{ field: 'newer', message: 'editor.fault.collided' }], true)
    case 'source-changed':
      return again([{ field: 'body', message: 'editor.fault.source-changed' }])
    case 'not-found':
      throw new NotFound()
  }
}

function wantedFrom(text: LanguageVersion, typed: Partial<Record<string, string>>) {
  return {
    text,
    isReviewed: typed['state'] === 'reviewed',
    madeFrom: typed['made_from'] ?? '',
    sourceMark: typed['source_mark'] ?? '',
    isUpToDate: typed['up_to_date'] === 'yes',
  }
}

const longestReason = 300

async function publish(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const language = languageFrom(req, desk)
  const fields = fieldsOf(req)
  const { made_from: madeFrom = '', reason = '', what_changed = '' } = fields
  const isNewText = fields['change'] === 'new-text'
  const field = isNewText ? 'what_changed' : 'reason'
  const again = (fault: EditorFault) => {
    const typed = { reason, what_changed }
    return textPage(ctx, req, res, desk, { language, values: null, faults: [fault], typed })
  }
  const line = checkLine(isNewText ? what_changed : reason, longestReason)
  if (!line.ok) {
    const label = t(isNewText ? 'editor.field.what-changed' : 'editor.field.reason')
    const args = { field: label, longest: longestReason }
    return again({ field, message: `fault.text.${line.fault}`, args })
  }
  const wanted = { language, madeFrom, reason: line.value, isNewText }
  const { slug } = desk.statement
  switch (
    await publishText(
      ctx,
      slug,
      { ...wanted, isSmall: fields['is_small'] === 'yes' },
      desk.coordinator.id,
    )
  ) {
    case 'published':
      return res.redirect(303, paths.desk.of(slug, 'texts'))
    case 'collided':
    case 'not-reviewed':
      return again({ field: 'body', message: 'editor.fault.changed-meanwhile' })
    case 'not-small':
      return again({ field: 'is_small', message: 'editor.fault.not-small' })
    case 'reason-missing':
      return again({
        field,
        message: isNewText ? 'editor.fault.what-changed' : 'editor.fault.reason',
      })
    case 'not-found':
      throw new NotFound()
  }
}
