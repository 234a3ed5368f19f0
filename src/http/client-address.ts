// Where a request comes from, also before the framework: as its req.ip, by TRUST_PROXY (product.md S-8).
import type { IncomingMessage } from 'node:http'

/** @param proxies that many of our own have passed it on; each has added whom it got it from */
export function clientAddress(req: IncomingMessage, proxies: number): string {
  const forwarded = String(req.headers['x-forwarded-for'] ?? '')
  const passedOn = forwarded.split(',').map((each) => each.trim())
  const chain = [req.socket.remoteAddress ?? '', ...passedOn.filter(Boolean).toReversed()]
  return chain[Math.min(proxies, chain.length - 1)] ?? ''
}
