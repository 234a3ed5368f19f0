// A page of the desk: the site's page with the coordinators' navigation and the forms' key.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskFrame } from '../http/page.ts'
import { type PageWanted, sendPage, speaking } from '../http/respond.ts'
import { embargoAt } from '../statements/stored-statement.ts'
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
  const embargo =
    'statement' in desk ? embargoAt((desk as StatementDesk).statement, ctx.clock.now()) : null
  sendPage(ctx, req, res, name, view, { ...wanted, isPrivate: true, desk: frame, embargo })
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

/**
 * The pages of one statement by what a coordinator is at, with what each asks for; each feature adds its
 * line. Their words stand under `desk.page.…` and `desk.pages.…`.
 */
const statementPages = {
  writing: [
    ['texts', 'read'],
    ['settings', 'coordinate'],
    ['preview', 'read'],
    ['publish', 'coordinate'],
  ],
  'sign-ons': [
    ['invitations', 'coordinate'],
    ['imports', 'coordinate'],
    ['review', 'coordinate'],
    ['duplicates', 'coordinate'],
    ['invalidations', 'coordinate'],
    ['first-signatories', 'coordinate'],
    ['switches', 'coordinate'],
  ],
  closing: [
    ['deadline', 'coordinate'],
    ['updates', 'read'],
    ['editions', 'coordinate'],
    ['packs', 'coordinate'],
    ['press', 'coordinate'],
    ['export', 'coordinate'],
    ['delivery', 'read'],
  ],
  people: [
    ['team', 'read'],
    ['activity', 'read'],
  ],
} as const

const groups = ['writing', 'sign-ons', 'closing', 'people'] as const

function frameOfStatement(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths, language } = speaking(ctx, res)
  const { statement, may } = desk
  const { slug, versions } = statement
  const overview = paths.desk.statement(slug)
  const text = versions.find((version) => version.language === language) ?? versions[0]
  const linksOf = (group: (typeof groups)[number]) =>
    statementPages[group]
      .filter(([, needs]) => may[needs])
      .map(([page]) => {
        const href = paths.desk.of(slug, page)
        return { label: t(`desk.page.${page}`), href, isCurrent: isIn(req, href) }
      })
  return {
    title: text?.title ?? slug,
    lang: text?.language ?? statement.authoritative,
    overview: { label: t('desk.overview'), href: overview, isCurrent: isAt(req, overview) },
    groups: groups
      .map((group) => ({ group, label: t(`desk.pages.${group}`), links: linksOf(group) }))
      .filter(({ links }) => links.length > 0),
  }
}
