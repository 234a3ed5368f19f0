// Every URL of the site, one line each (product.md §4). Language prefixes are taken off before.
import { Router } from 'express'
import { slowDown } from './abuse/slow-down.ts'
import { confirmForm, confirmPage } from './confirmations/pages.ts'
import type { Context } from './context.ts'
import { deliveryFile } from './deliveries/file-pages.ts'
import { addDesk } from './desk/routes.ts'
import { signatoriesFile } from './documents/document-pages.ts'
import { listFormats } from './documents/formats.ts'
import { editionPage } from './editions/edition-pages.ts'
import { editionSums, signingKey } from './editions/file-pages.ts'
import { editionsPage } from './editions/list-pages.ts'
import { verifyFile, verifyForm, verifyPage } from './editions/verify-pages.ts'
import {
  checkYourInbox,
  endorseForm,
  endorsePage,
  findForm,
  findPage,
  resendPage,
} from './endorsements/pages.ts'
import { unsubscribeForm, unsubscribePage } from './endorsements/unsubscribe-page.ts'
import { reconfirmForm, reconfirmPage } from './endorsements/reconfirm-page.ts'
import { ownDataFile, privateForm, privatePage } from './endorsements/private-page.ts'
import { refuseOtherMethods } from './http/other-methods.ts'
import { securityText } from './http/security-text.ts'
import { invitationForm, invitationPage, stopForm, stopPage } from './invitations/pages.ts'
import { namesPdf, summaryPdf } from './letters/pages.ts'
import { mailboxPage } from './mail/pages.ts'
import { pressPage } from './press/press-pages.ts'
import { readByLink } from './press/through-pages.ts'
import { pictureFile, picturesPage } from './pictures/picture-pages.ts'
import { privacyPage } from './privacy/pages.ts'
import { outcomePage, reportForm, reportPage, whichEntryPage } from './reports/pages.ts'
import { countriesFile, countriesPage } from './signatories/countries-pages.ts'
import { countFile, live, signatoriesPage } from './signatories/pages.ts'
import { changesPage } from './statements/changes-pages.ts'
import { archive, home, statementPage } from './statements/pages.ts'
import { updatesPage } from './updates/pages.ts'

export function routes(ctx: Context): Router {
  const router = Router()
  const slow = slowDown(ctx)

  // first: it leads on to what stands below
  router.get('/embargoed/:token', readByLink(ctx))
  router.get('/embargoed/:token/*page', readByLink(ctx))

  router.get('/', home(ctx))
  router.get('/statements', archive(ctx))
  router.get('/statements/:slug', statementPage(ctx))
  router.get('/statements/:slug/count.json', countFile(ctx))
  router.get('/statements/:slug/countries', countriesPage(ctx))
  router.get('/statements/:slug/countries.json', countriesFile(ctx))
  router.get('/statements/:slug/pictures', picturesPage(ctx))
  router.get('/statements/:slug/pictures/:picture', pictureFile(ctx))
  router.get('/statements/:slug/changes', changesPage(ctx))
  router.get('/statements/:slug/files/:file', deliveryFile(ctx))
  router.get('/statements/:slug/live', live(ctx))
  router.get('/statements/:slug/press', pressPage(ctx))
  router.get('/statements/:slug/updates', updatesPage(ctx))
  router.get('/statements/:slug/signatories', signatoriesPage(ctx))
  for (const format of listFormats) {
    router.get(`/statements/:slug/signatories.${format}`, signatoriesFile(ctx, format))
  }
  router.get('/statements/:slug/signatories.pdf', namesPdf(ctx, 'list'))
  router.get('/statements/:slug/letter.pdf', namesPdf(ctx, 'letter'))
  router.get('/statements/:slug/summary.pdf', summaryPdf(ctx))
  router.get('/statements/:slug/editions', editionsPage(ctx))
  router.get('/statements/:slug/editions/:edition', editionPage(ctx))
  router.get('/statements/:slug/editions/:edition/:sums', editionSums(ctx))

  router.get('/statements/:slug/report', whichEntryPage(ctx))
  router.get('/statements/:slug/signatories/:number/report', reportPage(ctx))
  router.post('/statements/:slug/signatories/:number/report', slow, reportForm(ctx))
  router.get('/reports/:token', outcomePage(ctx))

  router.get('/statements/:slug/endorse', endorsePage(ctx))
  router.post('/statements/:slug/endorse', slow, endorseForm(ctx))
  router.get('/statements/:slug/check-your-inbox', checkYourInbox(ctx))
  router.post('/statements/:slug/check-your-inbox', slow, resendPage(ctx))

  router.get('/confirm/:token', confirmPage(ctx))
  router.post('/confirm/:token', confirmForm(ctx))
  router.get('/endorsement/:token', privatePage(ctx))
  router.post('/endorsement/:token', privateForm(ctx))
  router.get('/endorsement/:token/data.json', ownDataFile(ctx))
  router.get('/reconfirm/:token', reconfirmPage(ctx))
  router.post('/reconfirm/:token', reconfirmForm(ctx))
  router.get('/statements/:slug/invitation/:token', invitationPage(ctx))
  router.post('/statements/:slug/invitation/:token', slow, invitationForm(ctx))
  router.get('/invitations/stop/:token', stopPage(ctx))
  router.post('/invitations/stop/:token', stopForm(ctx))
  router.get('/unsubscribe/:token', unsubscribePage(ctx))
  router.post('/unsubscribe/:token', unsubscribeForm(ctx))
  router.get('/find-my-endorsement', findPage(ctx))
  router.post('/find-my-endorsement', slow, findForm(ctx))

  router.get('/verify', verifyPage(ctx))
  router.get('/verify.json', verifyFile(ctx))
  router.post('/verify', slow, verifyForm(ctx))
  router.get('/privacy', privacyPage(ctx))
  router.get('/mailbox', mailboxPage(ctx))
  router.get('/.well-known/security.txt', securityText(ctx))
  router.get('/.well-known/undersigned-key.json', signingKey(ctx, 'json'))
  router.get('/.well-known/undersigned-key.pem', signingKey(ctx, 'pem'))

  router.post('/desk/sign-in', slow)
  addDesk(router, ctx)

  refuseOtherMethods(router)
  return router
}
