// For whoever watches the site: it runs (/healthz), it can work (/readyz), how it does (/metrics).
import { type RequestHandler, Router } from 'express'
import type { Context } from '../context.ts'
import type { Readiness } from '../readiness/readiness.ts'
import { metricsPage } from './metrics.ts'

export function health(ctx: Context, readiness: Readiness): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text').send('ok\n')
  })
  router.get('/readyz', readyz(readiness))
  router.get('/metrics', metricsPage(ctx))
  return router
}

function readyz(readiness: Readiness): RequestHandler {
  return async (_req, res) => {
    const missing = await readiness()
    res.set('Cache-Control', 'no-store').type('text')
    if (missing.length === 0) res.send('ready\n')
    else res.status(503).send(['not ready', ...missing].join('\n') + '\n')
  }
}
