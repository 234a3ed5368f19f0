// GET /metrics for Prometheus. Whoever reads it sees when somebody signs, though not who or what: it
// is there for METRICS_TOKEN, and without one for programs on this machine, never in production.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { allFamilies } from '../metrics/all-families.ts'
import { textOf } from '../metrics/instruments.ts'

export function metricsPage(ctx: Context): RequestHandler {
  const { metricsToken } = ctx.config
  return async (req, res, next) => {
    if (metricsToken === null && !isOpenTo(req, ctx)) return next()
    res.set('Cache-Control', 'no-store')
    if (metricsToken !== null && !isBearer(req, metricsToken)) {
      res.status(401).set('WWW-Authenticate', 'Bearer').type('text').send('METRICS_TOKEN needed\n')
      return
    }
    const text = textOf(await allFamilies(ctx))
    res.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8').send(text)
  }
}

/** What a proxy on this machine passes on comes from elsewhere. */
const passedOn = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

function isOpenTo({ socket, headers }: Request, { config }: Context): boolean {
  const isLocal = /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
  const isPassedOn = passedOn.some((name) => headers[name] !== undefined)
  return config.nodeEnv !== 'production' && isLocal && !isPassedOn
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function isBearer({ headers }: Request, token: string): boolean {
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
}
