// The privacy notice: what this installation really stores, and for how long.
import type { RequestHandler } from 'express'
import { confirmHours } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { graceHours } from '../statements/stored-statement.ts'
import { pendingDays } from '../endorsements/expire.ts'

export function privacyPage(ctx: Context): RequestHandler {
  return (req, res) => {
    const { t } = speaking(ctx, res)
    const view = { pendingDays, linkHours: confirmHours, graceHours }
    sendPage(ctx, req, res, 'privacy/notice', view, { title: t('privacy.heading') })
  }
}
