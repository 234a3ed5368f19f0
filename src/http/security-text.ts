// Where to tell that something here is not safe (RFC 9116).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { languages } from '../languages/languages.ts'

const path = '/.well-known/security.txt'

export function securityText({ config, clock }: Pick<Context, 'config' | 'clock'>): RequestHandler {
  return (_req, res) => {
    const lines = [
      `Contact: mailto:${contactOf(config.mailFrom)}`,
      `Expires: ${nextYear(clock.now())}`,
      `Preferred-Languages: ${languages.map(({ code }) => code).join(', ')}`,
      `Canonical: ${config.baseUrl}${path}`,
    ]
    res
      .set('Cache-Control', 'public, no-cache')
      .type('text/plain')
      .send(`${lines.join('\n')}\n`)
  }
}

/** The address of MAIL_FROM, with or without a name before it. */
function contactOf(mailFrom: string): string {
  const address = /<([^<>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom
  const at = address.lastIndexOf('@')
  return `${encodeURIComponent(address.slice(0, at))}@${address.slice(at + 1)}`
}

/** At most a year ahead, as the RFC wishes, and the same all year. */
function nextYear(now: Date): string {
  return `${now.getUTCFullYear() + 1}-01-01T00:00:00.000Z`
}
