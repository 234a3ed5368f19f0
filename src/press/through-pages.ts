// Reading a statement under embargo by a private link: /embargoed/TOKEN stands for /statements/SLUG, with
// everything there is to read and to take along. Afterwards the link leads to the public page.
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../http/errors.ts'
import { speaking } from '../http/respond.ts'
import { goThroughLink } from '../http/through-link.ts'
import { embargoAt } from '../statements/stored-statement.ts'
import { readPressLink } from './links.ts'

/** Nobody signs or reports by this link, and a page that stays open would outlive it. */
const notForReading =
  /^\/(?:endorse|check-your-inbox|invitation|live|report|signatories\/\d+\/report)(?:[/?]|$)/

export function readByLink(ctx: Context): RequestHandler {
  return async (req, res, next) => {
    const token = String(req.params['token'] ?? '')
    const statement = await readPressLink(ctx, token)
    const [, base = '', rest = ''] = /^(\/embargoed\/[^/?]+)(.*)$/.exec(req.url) ?? []
    if (!statement || notForReading.test(rest)) throw new NotFound()
    const { slug } = statement
    const until = embargoAt(statement, ctx.clock.now())
    if (until === null) {
      const { paths } = speaking(ctx, res)
      res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
      return res.redirect(302, paths.statement(slug) + rest)
    }
    goThroughLink(res, { slug, base, asked: req.url, until })
    req.url = `/statements/${slug}${rest}`
    next()
  }
}
