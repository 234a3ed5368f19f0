// Every address of the desk, with who may open it. The table in docs/roles.md is the same (a test
// compares them), and the role matrix is tested from this list.
import type { Router } from 'express'
import type { Context } from '../context.ts'
import { accountRoutes } from '../coordinators/account-pages.ts'
import { firstAdminRoutes } from '../coordinators/first-admin-pages.ts'
import type { Power } from '../coordinators/roles.ts'
import { passkeyRoutes } from '../coordinators/passkey-pages.ts'
import { peopleRoutes } from '../coordinators/people-pages.ts'
import { secondFactorRoutes } from '../coordinators/second-factor-pages.ts'
import { signInRoutes } from '../coordinators/sign-in-pages.ts'
import { importDraftRoutes } from '../imports/draft-pages.ts'
import { importRoutes } from '../imports/import-pages.ts'
import { directoryRoutes } from '../invitations/directory-pages.ts'
import { invitationRoutes } from '../invitations/desk-pages.ts'
import { deadlineRoutes } from '../editor/deadline-pages.ts'
import { newRoutes } from '../editor/new-pages.ts'
import { previewRoutes } from '../editor/preview-pages.ts'
import { publishRoutes } from '../editor/publish-pages.ts'
import { settingsRoutes } from '../editor/settings-pages.ts'
import { textsRoutes } from '../editor/texts-pages.ts'
import { editionRoutes } from '../editions/desk-pages.ts'
import { ecosocRoutes } from '../packs/ecosoc-pages.ts'
import { packRoutes } from '../packs/packs-pages.ts'
import { pressRoutes } from '../press/desk-pages.ts'
import { deliveryRoutes } from '../deliveries/delivery-pages.ts'
import { updateRoutes } from '../updates/desk-pages.ts'
import { updateTextRoutes } from '../updates/text-pages.ts'
import { duplicateRoutes } from '../duplicates/duplicates-pages.ts'
import { invalidationRoutes } from '../invalidations/invalidations-pages.ts'
import { reviewRoutes } from '../review/review-pages.ts'
import { overviewRoutes, type StatementPages } from '../overview/overview-pages.ts'
import { exportRoutes } from '../endorsements/export-pages.ts'
import { activityRoutes } from '../activity/activity-pages.ts'
import { siteSwitchesRoutes } from '../switches/site-switches-pages.ts'
import { firstSignatoriesRoutes } from '../signatories/first-pages.ts'
import { statementSwitchesRoutes } from '../switches/statement-switches-pages.ts'
import type { DeskRoute } from './desk.ts'
import { gate } from './gate.ts'
import { homeRoutes } from './home-pages.ts'

export function deskRoutes(ctx: Context): DeskRoute[] {
  const routes = [
    ...signInRoutes(ctx),
    ...firstAdminRoutes(ctx),
    ...secondFactorRoutes(ctx),
    ...accountRoutes(ctx),
    ...passkeyRoutes(ctx),
    ...peopleRoutes(ctx),
    ...homeRoutes(ctx),
    // before the pages of a statement: none is called “new”
    ...newRoutes(ctx),
    ...importRoutes(ctx),
    ...importDraftRoutes(ctx),
    ...invitationRoutes(ctx),
    ...directoryRoutes(ctx),
    ...settingsRoutes(ctx),
    ...textsRoutes(ctx),
    ...previewRoutes(ctx),
    ...publishRoutes(ctx),
    ...deadlineRoutes(ctx),
    ...updateRoutes(ctx),
    ...updateTextRoutes(ctx),
    ...pressRoutes(ctx),
    ...deliveryRoutes(ctx),
    ...editionRoutes(ctx),
    ...packRoutes(ctx),
    ...ecosocRoutes(ctx),
    ...reviewRoutes(ctx),
    ...duplicateRoutes(ctx),
    ...invalidationRoutes(ctx),
    ...firstSignatoriesRoutes(ctx),
    ...statementSwitchesRoutes(ctx),
    ...siteSwitchesRoutes(ctx),
    ...exportRoutes(ctx),
    ...activityRoutes(ctx),
  ]
  return [...routes, ...overviewRoutes(ctx, pagesIn(routes))]
}

/** What the overview can link to. */
function pagesIn(routes: DeskRoute[]): StatementPages {
  const pages: Map<string, Power> = new Map()
  for (const { method, path, needs } of routes) {
    const page = /^\/desk\/statements\/:slug\/([\w-]+)$/.exec(path)?.[1]
    if (method !== 'get' || page === undefined) continue
    if (needs === 'read' || needs === 'translate' || needs === 'coordinate') pages.set(page, needs)
  }
  return pages
}

export function addDesk(router: Router, ctx: Context): void {
  for (const route of deskRoutes(ctx)) router[route.method](route.path, gate(ctx, route))
}
