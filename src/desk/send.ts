// A page of the desk: the site's page with the coordinators' navigation and the forms' key.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskFrame } from '../http/page.ts'
import { type PageWanted, sendPage, speaking } from '../http/respond.ts'
import type { Desk, StatementDesk } from './desk.ts'

/** @param at the path of the page in the navigation that this one belongs to */
export function sendDeskPage(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  name: string,
  view: object,
  wanted: PageWanted,
): void {
  const frame = frameOf(ctx, req, res, desk)
  sendPage(ctx, req, res, name, view, { ...wanted, isPrivate: true, desk: frame })
}

function frameOf(ctx: Context, req: Request, res: Response, desk: Desk): DeskFrame {
  const { t, paths } = speaking(ctx, res)
  const { role, name } = desk.coordinator
  const links = [
    { label: t('desk.statements'), href: paths.desk.home() },
    ...(role === 'admin' || role === 'coordinator'
      ? [{ label: t('desk.directory'), href: paths.desk.directory() }]
      : []),
    ...(role === 'admin'
      ? [
          { label: t('desk.people'), href: paths.desk.people() },
          { label: t('desk.site'), href: paths.desk.site() },
        ]
      : []),
    { label: t('desk.activity'), href: paths.desk.activity() },
    { label: t('desk.account'), href: paths.desk.account() },
  ]
  return {
    name,
    formKey: desk.formKey,
    signOut: paths.desk.signOut(),
    isComplete: desk.session.isComplete,
    links: links.map((link) => ({ ...link, isCurrent: isAt(req, link.href) })),
    statement: 'statement' in desk ? frameOfStatement(ctx, req, res, desk as StatementDesk) : null,
  }
}

const isAt = (req: Request, href: string) => req.originalUrl.split('?')[0] === href

/** On the page itself, or on one below it: a text, a batch, an update. */
const isIn = (req: Request, href: string) =>
  isAt(req, href) || req.originalUrl.startsWith(`${href}/`)

/** Each has its words under `desk.page.…`. */
type StatementPage =
  | 'texts'
  | 'settings'
  | 'preview'
  | 'publish'
  | 'invitations'
  | 'imports'
  | 'review'
  | 'duplicates'
  | 'invalidations'
  | 'deadline'
  | 'updates'
  | 'delivery'
  | 'export'
  | 'switches'
  | 'team'
  | 'activity'

/** The pages of one statement, as far as this person may open them; each feature adds its line. */
function frameOfStatement(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths, language } = speaking(ctx, res)
  const { statement, may } = desk
  const overview = paths.desk.statement(statement.slug)
  const text =
    statement.versions.find((version) => version.language === language) ?? statement.versions[0]
  const pages: [page: StatementPage, isShown: boolean][] = [
    ['texts', may.read],
    ['settings', may.coordinate],
    ['preview', may.read],
    ['publish', may.coordinate],
    ['invitations', may.coordinate],
    ['imports', may.coordinate],
    ['review', may.coordinate],
    ['duplicates', may.coordinate],
    ['invalidations', may.coordinate],
    ['deadline', may.coordinate],
    ['updates', may.read],
    ['delivery', may.read],
    ['export', may.coordinate],
    ['switches', may.coordinate],
    ['team', may.read],
    ['activity', may.read],
  ]
  return {
    title: text?.title ?? statement.slug,
    lang: text?.language ?? statement.authoritative,
    links: [
      { label: t('desk.overview'), href: overview, isCurrent: isAt(req, overview) },
      ...pages
        .filter(([, isShown]) => isShown)
        .map(([page]) => {
          const href = paths.desk.of(statement.slug, page)
          return { label: t(`desk.page.${page}`), href, isCurrent: isIn(req, href) }
        }),
    ],
  }
}
