// The web application: the order of what happens to a request.
import express, { type Express } from 'express'
import type { Context } from './context.ts'
import { mostWriting } from './db/open.ts'
import { answerFaults, notFound } from './http/errors.ts'
import { readForms } from './http/read-forms.ts'
import { health } from './http/health.ts'
import { languagePrefix } from './http/language-prefix.ts'
import { logRequests } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { staticFiles } from './http/static-files.ts'
import { waitingRoom } from './http/waiting-room.ts'
import { noteSwitches } from './switches/note-switches.ts'
import { takesFiles } from './desk/takes-files.ts'
import type { Readiness } from './readiness/readiness.ts'
import { routes } from './routes.ts'

export function createApp(ctx: Context, readiness: Readiness): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', ctx.config.trustProxy)
  app.set('query parser', 'simple')
  app.use(logRequests(ctx))
  app.use(...securityHeaders(ctx.config))
  app.use('/static', staticFiles())
  app.use(health(ctx, readiness))
  app.use(languagePrefix())
  // read first: whoever is refused gets back what they typed
  app.use(...readForms(takesFiles))
  app.use(waitingRoom(ctx.metrics, mostWriting(ctx.config.database)))
  app.use(noteSwitches(ctx))
  app.use(routes(ctx))
  app.use(notFound())
  app.use(answerFaults(ctx))
  return app
}
