// One line for each request: the route's pattern, never the address that was asked for, because
// addresses hold tokens and what people search for; no IP, no browser (product.md P-4, M-4).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'

export function logRequests({ log }: Pick<Context, 'log'>): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    res.on('close', () => {
      const route = (req.route as { path?: string } | undefined)?.path ?? 'other'
      const ms = Math.round(performance.now() - start)
      log.info({ method: req.method, route, status: res.statusCode, ms }, 'request')
    })
    next()
  }
}
