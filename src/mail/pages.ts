// The local mailbox, only where mails are not sent (product.md §4).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../http/errors.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { listMailbox } from './mailbox.ts'

const perPage = 20

export function mailboxPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    if (ctx.config.smtpUrl !== null) throw new NotFound()
    const { t, paths } = speaking(ctx, res)
    const page = pageNumber(req)
    const offset = (page - 1) * perPage
    const { mails, total } = await listMailbox(ctx, { limit: perPage, offset })
    sendPage(
      ctx,
      req,
      res,
      'mailbox/mailbox',
      {
        mails: mails.map((mail) => ({ ...mail, links: linksIn(mail.text) })),
        paging: pagingOf(page, perPage, total, (at) => paths.mailbox({ page: at })),
      },
      { title: t('mailbox.heading'), isPrivate: true },
    )
  }
}

function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/\S+/g))]
}
