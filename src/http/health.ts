// For whoever watches the site: it runs (/healthz), it can work (/readyz).
import { Router } from 'express'
import type { Context } from '../context.ts'
import { ping } from '../db/ping.ts'

export function health({ db, log }: Pick<Context, 'db' | 'log'>): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text').send('ok\n')
  })
  router.get('/readyz', async (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text')
    try {
      await ping(db)
      res.send('ready\n')
    } catch (fault) {
      log.error({ err: fault }, 'the database does not answer')
      res.status(503).send('the database does not answer\n')
    }
  })
  return router
}
