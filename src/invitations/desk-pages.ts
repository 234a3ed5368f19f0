// Page of the desk: whom a statement invites, what they answered, and reminding the others.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Faults } from '../http/page.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { languages } from '../languages/languages.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { countriesIn } from '../text/countries.ts'
import { chosenAgain, entriesFor, inviteAgain } from './directory.ts'
import { daysBeforeClosing, mostReminders, restChoices } from './invitation.ts'
import { invite, takeBack } from './invite.ts'
import {
  type InviteeFault,
  type InviteeValues,
  readInvitees,
  readInviteeValues,
} from './invitee-form.ts'
import { answers, countByAnswer, listOf } from './overview.ts'
import { remindInvited } from './remind-invited.ts'
import { readRules, rulesOf, setRules } from './reminder-rules.ts'

const perPage = 100
/** What was just done, told by numbers in the address; never by names. */
const told = ['invited', 'known', 'endorsed', 'refused', 'reminded'] as const

export function invitationRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/invitations'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => {
        const { language } = speaking(ctx, res)
        return show(ctx, req, res, desk, readInviteeValues({}, language), [])
      },
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => act(ctx, req, res, desk),
    },
  ]
}

async function act(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { language, paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const typed = fieldsOf(req)
  const back = (query = {}) =>
    res.redirect(303, paths.desk.of(statement.slug, 'invitations', query))
  if (typed['remove'] !== undefined) {
    await takeBack(ctx, statement, typed['remove'], coordinator.id)
    return back()
  }
  if (typed['remind'] !== undefined) {
    await remindInvited(ctx, statement, coordinator.id)
    return back({ reminded: 1 })
  }
  const rules = readRules(typed)
  if (rules !== null) {
    await setRules(ctx, statement, rules, coordinator.id)
    return back()
  }
  const again = chosenAgain(typed)
  if (again !== null) {
    const entries = await entriesFor(ctx, coordinator)
    const chosen = entries.filter(({ id }) => again.includes(id))
    return back({ ...(await inviteAgain(ctx, statement, chosen, coordinator.id)) })
  }
  const values = readInviteeValues(typed, language)
  const read = readInvitees(values)
  if (!read.ok) return show(ctx, req, res, desk, values, read.faults)
  back(await invite(ctx, statement, read.value, coordinator.id))
}

const labelOf = (field: InviteeFault['field']) =>
  field === 'contact_name' ? 'field.contact_name' : 'field.name.organisation'

async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  values: InviteeValues,
  faults: InviteeFault[],
): Promise<void> {
  const { t, format, language, paths } = speaking(ctx, res)
  const { slug } = desk.statement
  const all = await listOf(ctx, desk.statement.id, language)
  const asked = answers.find((each) => each === textParam(req, 'answer')) ?? null
  const chosen = asked === null ? all : all.filter(({ answer }) => answer === asked)
  const page = pageNumber(req)
  const here = (query = {}) => paths.desk.of(slug, 'invitations', query)
  const rules = await rulesOf(ctx.db, desk.statement.id)
  const numbered = (n: number) => ({ value: String(n), label: format.number(n) })
  const messages: Faults = faults.map(({ field, message, args }) => ({
    field,
    message: t(message, { field: t(labelOf(field)), ...args }),
  }))
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'invitations/desk',
    {
      action: here(),
      status: statusAt(desk.statement, ctx.clock.now()),
      publicHref: textParam(req, 'published') === 'yes' ? paths.statement(slug) : null,
      isForIndividuals: desk.statement.signers === 'individuals',
      told: told.flatMap((what) => (isTold(req, what) ? [{ what, n: toldNumber(req, what) }] : [])),
      total: all.length,
      answers: countByAnswer(all).map((each) => ({
        ...each,
        href: here({ answer: each.answer }),
        isChosen: each.answer === asked,
      })),
      allHref: here(),
      directoryHref: paths.desk.directory({ statement: slug }),
      isAll: asked === null,
      invitations: chosen.slice((page - 1) * perPage, page * perPage),
      paging: pagingOf(page, perPage, chosen.length, (n) => here({ answer: asked, page: n })),
      limits: { ...rules, before: daysBeforeClosing },
      mostChoices: Array.from({ length: mostReminders + 1 }, (_, n) => numbered(n)),
      restChoices: restChoices.map(numbered),
      values,
      faults: messages,
      countries: countriesIn(language),
      languages: languages.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      status: messages.length > 0 ? 422 : 200,
      title: t('desk.page.invitations'),
      hasFaults: messages.length > 0,
    },
  )
}

const toldNumber = (req: Request, what: string) =>
  Number(/^\d{1,4}$/.exec(textParam(req, what))?.[0] ?? 0)
const isTold = (req: Request, what: string) => req.method !== 'POST' && toldNumber(req, what) > 0
