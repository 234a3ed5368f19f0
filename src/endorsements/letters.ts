// What the mails say, decided when they are sent: the one place where new, known, blocked and over
// the limit are told apart (product.md P-10, M-2, M-5, M-11).
import { confirmHours, hasLiveLink, issueLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { composeSignIn } from '../coordinators/letters.ts'
import type { Db } from '../db/schema.ts'
import { embargoNotices } from '../http/embargo-notice.ts'
import { dirOf, translator } from '../languages/languages.ts'
import { formatsOf } from '../languages/formats.ts'
import { composeInvitation } from '../invitations/letters.ts'
import { takeAllowance } from '../mail/allowances.ts'
import { rememberSent } from '../mail/sent-mails.ts'
import type { Composed, QueuedMail } from '../mail/worker.ts'
import { composeUpdate } from '../updates/letters.ts'
import { pathsUnder } from '../paths.ts'
import { lastReasonOf } from '../review/last-decision.ts'
import { findStatementById, listAllStatements } from '../statements/find-statement.ts'
import {
  embargoAt,
  inLanguage,
  mayConfirm,
  type Statement,
  versionFor,
} from '../statements/stored-statement.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { addressHashOf } from './capacity.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import {
  deleteWhile,
  findByAddress,
  findEndorsement,
  isSuppressed,
  listSuppressed,
} from './endorsement-store.ts'
import { questionFor } from './reconfirm.ts'

const drop: Composed = { outcome: 'drop' }

/** The mail worker's question: what does this mail say by now? */
export function composeLetters(ctx: Context) {
  return async (mail: QueuedMail): Promise<Composed> => {
    switch (mail.kind) {
      case 'sign-in':
        return composeSignIn(ctx, mail)
      case 'update':
      case 'update-test':
        return composeUpdate(ctx, mail)
      case 'find':
        return composeFound(ctx, mail)
      case 'invitation':
      case 'invitation-reminder':
        return composeInvitation(ctx, mail)
      case 'resend':
      case 'sign-on':
      case 'reminder':
      case 'confirmed':
      case 'withdrawn':
      case 'approved':
      case 'rejected':
      case 'reconfirm':
        return composeAbout(ctx, mail)
    }
  }
}

async function composeAbout(ctx: Context, mail: QueuedMail): Promise<Composed> {
  const statement = await findStatementById(ctx.db, mail.statement_id ?? '')
  const endorsement = statement && (await endorsementOf(ctx, mail, statement))
  if (!statement || !endorsement) return drop
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    const { id, addressHash } = endorsement
    if (await isSuppressed(tx, addressHash, now.toISOString())) {
      await deleteWhile(tx, id, ['pending'])
      return drop
    }
    const about: About = { ctx, tx, mail, statement, endorsement }
    if (mail.kind === 'withdrawn') return letter(about, 'withdrawn', {})
    if (mail.kind === 'approved' || mail.kind === 'rejected') return composeDecided(about)
    if (mail.kind === 'reconfirm') return composeQuestion(about)
    switch (endorsement.state) {
      case 'pending':
        return mayConfirm(statement, now) ? composePending(about) : drop
      case 'confirmed':
      case 'held':
      case 'suspect':
        return mail.kind === 'reminder' ? drop : composeKnown(about)
      case 'rejected':
      case 'withdrawn':
        return drop
    }
  })
}

interface About {
  ctx: Context
  tx: Db
  mail: QueuedMail
  statement: Statement
  endorsement: Endorsement
}

/** By the row's id, or (somebody asked again by address) the newest of that mailbox. */
async function endorsementOf(
  ctx: Context,
  mail: QueuedMail,
  statement: Statement,
): Promise<Endorsement | null> {
  if (mail.endorsement_id !== null) return findEndorsement(ctx.db, ctx.vault, mail.endorsement_id)
  const address = parseEmailAddress(mail.recipient)
  if (!address.ok) return null
  const hash = addressHashOf(ctx.vault, statement.id, address.value.canonical)
  const found = await findByAddress(ctx.db, ctx.vault, [hash])
  return found.find((each) => each.state === 'pending') ?? found[0] ?? null
}

/** The link to confirm with, within the limits of M-5; taken from the allowance at the first try. */
async function composePending(about: About): Promise<Composed> {
  const { ctx, tx, mail, endorsement } = about
  const now = ctx.clock.now()
  if (mail.attempts === 1 && ctx.config.hasLimits) {
    const allowance = await takeAllowance(tx, ctx, endorsement.addressHash, 'confirmation')
    if (!allowance.may) {
      const hasOne = await hasLiveLink(tx, endorsement.id, 'confirm', now.toISOString())
      // the same mailbox in another capacity: its link comes as soon as the limit allows
      return allowance.until && !hasOne ? { outcome: 'wait', until: allowance.until } : drop
    }
  }
  const { id: endorsementId, addressHash } = endorsement
  await rememberSent(tx, ctx, { mailId: mail.id, endorsementId, addressHash })
  const token = await linkFor(about, 'confirm')
  return letter(about, mail.kind === 'reminder' ? 'reminder' : 'confirm', {
    confirmUrl: urls(about).confirm(token),
    expiresHours: confirmHours,
  })
}

/** After confirming: the private link. After signing twice: that, and that nothing changed. */
async function composeKnown(about: About): Promise<Composed> {
  const { ctx, tx, mail, endorsement } = about
  const isFirst = mail.kind === 'confirmed'
  if (!isFirst && mail.attempts === 1) {
    const allowance = await takeAllowance(tx, ctx, endorsement.addressHash, 'notice')
    if (!allowance.may) return drop
  }
  const privateUrl = urls(about).endorsement(await linkFor(about, 'manage'))
  return isFirst
    ? letter(about, 'confirmed', { privateUrl, number: endorsement.number })
    : letter(about, 'already-endorsed', { privateUrl, number: endorsement.number })
}

/** What a coordinator decided, unless it was taken back meanwhile. */
async function composeDecided(about: About): Promise<Composed> {
  const { tx, mail, endorsement } = about
  const { state, id } = endorsement
  if (state !== (mail.kind === 'approved' ? 'confirmed' : 'rejected')) return drop
  const privateUrl = urls(about).endorsement(await linkFor(about, 'manage'))
  const reason = mail.kind === 'rejected' ? await lastReasonOf(tx, id) : null
  return letter(about, mail.kind, { privateUrl, reason })
}

/** Whether they stand behind the new text; nothing to who withdrew or has answered meanwhile. */
async function composeQuestion(about: About): Promise<Composed> {
  const { tx, statement, endorsement } = about
  const question = await questionFor(tx, statement, endorsement)
  if (question === null || statement.state === 'taken-down') return drop
  const reconfirmUrl = urls(about).reconfirm(await linkFor(about, 'reconfirm'))
  return letter(about, 'reconfirm', { reconfirmUrl, reasons: question.reasons })
}

async function linkFor(
  { ctx, tx, mail, endorsement }: About,
  purpose: 'confirm' | 'manage' | 'reconfirm',
): Promise<string> {
  return issueLink(tx, ctx, { purpose, endorsementId: endorsement.id, mailId: mail.id })
}

function urls({ ctx, mail }: Pick<About, 'ctx' | 'mail'>) {
  const { baseUrl, defaultLanguage } = ctx.config
  return pathsUnder(baseUrl, mail.language === defaultLanguage ? '' : `/${mail.language}`)
}

function letter(about: About, name: string, more: object): Composed {
  const { mail, statement, endorsement } = about
  const text = versionFor(statement, mail.language)
  return render(about, name, {
    title: inLanguage(text.title, text.language),
    entryName: nameIn(mail, endorsement),
    type: endorsement.type,
    state: shownState(endorsement.state),
    statementUrl: urls(about).statement(statement.slug),
    closesAt: statement.closesAt,
    isDiscreet: statement.discreet,
    ...more,
  })
}

/** A confidential endorsement has no name any more. */
function nameIn({ language }: QueuedMail, { details }: Endorsement): string {
  return details?.name ?? translator(language)('mail.entry.confidential')
}

function render(
  { ctx, mail, statement }: Pick<About, 'ctx' | 'mail'> & Partial<Pick<About, 'statement'>>,
  name: string,
  view: object,
): Composed {
  const { language } = mail
  const words = { t: translator(language), format: formatsOf(language) }
  const embargo = statement ? embargoAt(statement, ctx.clock.now()) : null
  const notices = embargoNotices(embargo, words)
  return {
    outcome: 'send',
    mail: ctx.views.mail(name, {
      page: { siteName: ctx.config.siteName, language, dir: dirOf(language), notices },
      view,
      ...words,
      paths: urls({ ctx, mail }),
    }),
  }
}

/** All endorsements of a mailbox, on every statement that still has them. */
async function composeFound(ctx: Context, mail: QueuedMail): Promise<Composed> {
  const address = parseEmailAddress(mail.recipient)
  if (!address.ok) return drop
  const { canonical } = address.value
  const statements = new Map(
    (await listAllStatements(ctx.db)).map((statement) => [statement.id, statement]),
  )
  const found = await listFound(ctx, canonical, statements)
  if (found.length === 0) return drop
  return ctx.db.transaction().execute(async (tx) => {
    if (mail.attempts === 1) {
      const site = addressHashOf(ctx.vault, 'site', canonical)
      if (!(await takeAllowance(tx, ctx, site, 'find')).may) return drop
    }
    const items = []
    for (const endorsement of found) {
      const statement = statements.get(endorsement.statementId)
      if (!statement || !(await mayCarryLink(ctx, tx, mail, endorsement))) continue
      items.push(await foundItem({ ctx, tx, mail, statement, endorsement }))
    }
    if (items.length === 0) return drop
    return render({ ctx, mail }, 'your-endorsements', { items })
  })
}

/** What was signed by somebody else and denied is not offered again (product.md M-2). */
async function listFound(
  ctx: Context,
  canonical: string,
  statements: Map<string, Statement>,
): Promise<Endorsement[]> {
  const now = ctx.clock.now()
  const hashes = [...statements.keys()].map((id) => addressHashOf(ctx.vault, id, canonical))
  const suppressed = await listSuppressed(ctx.db, hashes, now.toISOString())
  return (await findByAddress(ctx.db, ctx.vault, hashes)).filter((endorsement) => {
    const statement = statements.get(endorsement.statementId)
    const mayStill = statement !== undefined && mayConfirm(statement, now)
    return endorsement.state !== 'pending' || (mayStill && !suppressed.has(endorsement.addressHash))
  })
}

/** A link to confirm with counts as a confirmation mail, whichever mail carries it (M-5). */
async function mayCarryLink(
  ctx: Context,
  tx: Db,
  mail: QueuedMail,
  { state, addressHash }: Endorsement,
): Promise<boolean> {
  if (state !== 'pending' || mail.attempts > 1) return true
  return (await takeAllowance(tx, ctx, addressHash, 'confirmation')).may
}

async function foundItem(about: About) {
  const { mail, statement, endorsement } = about
  const isPending = endorsement.state === 'pending'
  const token = await linkFor(about, isPending ? 'confirm' : 'manage')
  const text = versionFor(statement, mail.language)
  return {
    title: inLanguage(text.title, text.language),
    entryName: nameIn(mail, endorsement),
    state: shownState(endorsement.state),
    url: isPending ? urls(about).confirm(token) : urls(about).endorsement(token),
  }
}
