// The headers of a site that loads nothing from anywhere else and sets no cookie.
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '../config.ts'

export function securityHeaders(config: Config): RequestHandler[] {
  const always = constantHeaders(config)
  return [
    (_req, res, next) => {
      res.setHeaders(always)
      next()
    },
    offerOnion(config),
  ]
}

/** The same with every answer: helmet, which is a chain of a dozen functions, is asked once. */
function constantHeaders(config: Config): Map<string, string> {
  const headers = new Map<string, string>()
  const answer = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  }
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'worker-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: config.baseUrl.startsWith('https:') && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    xXssProtection: false,
  })({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined)
  headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  return headers
}

/** Tor Browser then offers the onion service, or goes there by itself; others pass over it. */
function offerOnion({ onionUrl }: Config): RequestHandler {
  return (req, res, next) => {
    const isPath = req.originalUrl.startsWith('/')
    if (onionUrl !== null && isPath) res.set('Onion-Location', onionUrl + req.originalUrl)
    next()
  }
}
