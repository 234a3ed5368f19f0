// The privacy notice: what this installation really stores, and for how long.
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { noticeSections } from './notice.ts'

export function privacyPage(ctx: Context): RequestHandler {
  return (req, res) => {
    const { t } = speaking(ctx, res)
    const view = { sections: noticeSections }
    sendPage(ctx, req, res, 'privacy/notice', view, { title: t('privacy.heading') })
  }
}
