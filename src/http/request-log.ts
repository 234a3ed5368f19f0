// One line for each request: the route's pattern, never the address that was asked for, because
// addresses hold tokens and what people search for; no IP, no browser (product.md P-4, M-4).
import type { RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'

export function logRequests({ log, metrics }: Pick<Context, 'log' | 'metrics'>): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    res.on('close', () => {
      const { method } = req
      const route = (req.route as { path?: string } | undefined)?.path ?? 'other'
      const ms = performance.now() - start
      log.info({ method, route, status: res.statusCode, ms: Math.round(ms) }, 'request')
      const isStream = isEventStream(res)
      const status = isStream || res.writableFinished ? String(res.statusCode) : 'aborted'
      metrics.request({ method, route, status, seconds: isStream ? null : ms / 1000 })
    })
    next()
  }
}

function isEventStream(res: Response): boolean {
  return String(res.getHeader('Content-Type')).startsWith('text/event-stream')
}
