// An address that is known, used in a way it does not offer: 405, and what it offers (RFC 9110, 15.5.6).
import type { RequestHandler, Router } from 'express'

/** To be called when all routes are there. */
export function refuseOtherMethods(router: Router): void {
  const offered = new Map<string, Set<string>>()
  for (const { route } of router.stack) {
    if (route === undefined) continue
    const methods = offered.get(route.path) ?? new Set()
    for (const { method } of route.stack) methods.add(method.toUpperCase())
    offered.set(route.path, methods)
  }
  for (const [path, methods] of offered) router.all(path, refuse(allowed(methods)))
}

function allowed(methods: Set<string>): string {
  return [...methods].flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])).join(', ')
}

function refuse(allow: string): RequestHandler {
  return (req, res) => {
    res.set('Allow', allow)
    if (req.method !== 'OPTIONS') throw Object.assign(new Error('not offered'), { status: 405 })
    res.status(204).end()
  }
}
