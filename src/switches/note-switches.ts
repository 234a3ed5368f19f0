// Tells every page what is switched off, and refuses to write while writing is.
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'

const retrySeconds = 300
const wayOut = '/desk/site'

export function noteSwitches({ switches }: Pick<Context, 'switches'>): RequestHandler {
  return async (req, res, next) => {
    const isReadOnly = (await switches.offSince('writing')) !== null
    res.locals['isReadOnly'] = isReadOnly
    res.locals['isSigningPaused'] = isReadOnly || (await switches.offSince('signing')) !== null
    res.locals['isMailPaused'] = (await switches.offSince('mail')) !== null
    if (!isReadOnly || req.method === 'GET' || req.method === 'HEAD') return next()
    // where an admin who is signed in ends it
    if (req.path === wayOut) return next()
    res.set('Retry-After', String(retrySeconds))
    next(Object.assign(new Error('read-only'), { status: 503, expose: true }))
  }
}
