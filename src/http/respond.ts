// Answers: pages in the visitor's language, JSON, redirects.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { formatsOf } from '../languages/formats.ts'
import { dirOf, languages, translator } from '../languages/languages.ts'
import type { Formats } from '../languages/formats.ts'
import type { ZonedTime } from '../text/dates.ts'
import type { Translate } from '../languages/languages.ts'
import { type Paths, pathsUnder } from '../paths.ts'
import { embargoNotices } from './embargo-notice.ts'
import type { Alternate, DeskFrame, Page } from './page.ts'
import { throughLink } from './through-link.ts'

/** What a handler needs to speak to this visitor. */
export interface Speaking {
  language: string
  t: Translate
  format: Formats
  paths: Paths
  /** absolute, and always the public ones: for what is kept, cited and shared */
  urls: Paths
}

/** The language is the prefix of the address, else the installation's default (product.md §4). */
export function speaking(ctx: Context, res: Response): Speaking {
  const language = languageOf(ctx, res)
  return {
    language,
    t: translator(language),
    format: formatsOf(language),
    paths: pathsIn(ctx, res, language),
    urls: pathsUnder(ctx.config.baseUrl, prefixFor(ctx, language)),
  }
}

/** The addresses in a language, for this visitor. */
export function pathsIn(ctx: Context, res: Response, language: string): Paths {
  return pathsUnder('', prefixFor(ctx, language), throughLink(res))
}

function languageOf(ctx: Context, res: Response): string {
  const { language } = res.locals as { language?: string }
  return language ?? ctx.config.defaultLanguage
}

export function prefixFor({ config }: Pick<Context, 'config'>, language: string): string {
  return language === config.defaultLanguage ? '' : `/${language}`
}

export interface PageWanted {
  status?: number
  title: string
  description?: string | null
  hasFaults?: boolean
  /** reached by a secret link: not cached, not indexed, no referrer (product.md M-4) */
  isPrivate?: boolean
  /** somebody may be filling it in: not even their own browser keeps it */
  isForm?: boolean
  /** about a statement that is not public before then, for those who may see it already */
  embargo?: ZonedTime | null
  /** about a discreet statement: with a way out */
  isDiscreet?: boolean
  livePath?: string | null
  /** what must be known about this page, besides what the whole site says */
  notices?: string[]
  desk?: DeskFrame
}

export function sendPage(
  ctx: Context,
  req: Request,
  res: Response,
  name: string,
  view: object,
  wanted: PageWanted,
): void {
  const { language, urls: _, ...speech } = speaking(ctx, res)
  const through = throughLink(res)
  // an answer to a form shows what somebody typed
  const isPrivate = wanted.isPrivate === true || req.method === 'POST' || through !== null
  if (isPrivate) {
    res.set('Cache-Control', 'no-store').set('X-Robots-Tag', 'noindex')
  } else if (wanted.isForm !== true && isReading(req) && (wanted.status ?? 200) === 200) {
    res.set('Cache-Control', 'public, no-cache')
  } else {
    res.set('Cache-Control', 'no-store')
  }
  const page: Page = {
    title: wanted.title,
    description: wanted.description ?? null,
    siteName: ctx.config.siteName,
    language,
    dir: dirOf(language),
    isDefaultLanguage: language === ctx.config.defaultLanguage,
    hasFaults: wanted.hasFaults === true,
    isPrivate,
    livePath: through === null ? (wanted.livePath ?? null) : null,
    exitHref: wanted.isDiscreet === true ? exitHref(language) : null,
    isDemo: ctx.isDemo,
    notices: [
      ...embargoNotices(through?.until ?? wanted.embargo ?? null, speech),
      ...noticesFor(res, speech.t),
      ...(wanted.notices ?? []),
    ],
    mailboxPath: ctx.config.smtpUrl === null ? speech.paths.mailbox() : null,
    desk: wanted.desk ?? null,
    sheets: [
      'site.css',
      ...(wanted.desk ? ['desk.css'] : []),
      ...(isForPress.test(name) ? ['press.css'] : []),
    ],
    ...addressesOf(ctx, req, res, isPrivate || (wanted.status ?? 200) !== 200),
  }
  res
    .status(wanted.status ?? 200)
    .type('html')
    .send(ctx.views.page(name, { page, view, ...speech }))
}

/** Views whose styles no other page has to carry. */
const isForPress = /^(?:editions|pictures|press)\//

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A page that anybody may have open, in the same language. */
function exitHref(language: string): string {
  return `https://${language}.wikipedia.org/`
}

/** See src/switches/note-switches.ts. */
function noticesFor(res: Response, t: Translate): string[] {
  const { isReadOnly, isSigningPaused, isMailPaused } = res.locals as Record<string, unknown>
  const notices = isMailPaused === true ? [t('notice.mail-paused')] : []
  if (isReadOnly === true) return [t('notice.read-only'), ...notices]
  return isSigningPaused === true ? [t('notice.signing-paused'), ...notices] : notices
}

function addressesOf(ctx: Context, req: Request, res: Response, isUnlisted: boolean) {
  const language = languageOf(ctx, res)
  // req.url has lost the language prefix (see app.ts); two slashes would lead to another site
  const asked = throughLink(res)?.asked ?? req.url
  const [path = '/', query] = asked.replace(/^[/\\]+/, '/').split('?')
  const rest = path === '/' ? '' : path
  const alternates: Alternate[] = languages.map(({ code, name, dir }) => {
    const here = prefixFor(ctx, code) + rest || '/'
    return {
      language: code,
      name,
      dir,
      href: query === undefined ? here : `${here}?${query}`,
      absolute: ctx.config.baseUrl + here,
      current: code === language,
    }
  })
  const current = alternates.find((alternate) => alternate.current)
  return { alternates, canonical: isUnlisted ? null : (current?.absolute ?? null) }
}

/** Whether the client asked for JSON rather than for a page. */
export function wantsJson(req: Request): boolean {
  const best = req.accepts(['html', 'json', 'application/problem+json'])
  return req.path.endsWith('.json') || (best !== 'html' && best !== false)
}
