// The one cookie of the site: the coordinator's session. Endorsers and readers get none.
import type { Request, Response } from 'express'
import type { Config } from '../config.ts'

const nameFor = ({ baseUrl }: Pick<Config, 'baseUrl'>) =>
  baseUrl.startsWith('https:') ? '__Host-desk' : 'desk'

const optionsFor = ({ baseUrl }: Pick<Config, 'baseUrl'>) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: baseUrl.startsWith('https:') }) as const

/** null when there is none. */
export function readCookie(req: Request, config: Config): string | null {
  const name = nameFor(config)
  for (const pair of (req.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value !== undefined && /^[\w-]+$/.test(value)) return value
  }
  return null
}

/** Ends with the browser; the site ends it earlier (coordinators/sessions.ts). */
export function setCookie(res: Response, config: Config, token: string): void {
  res.cookie(nameFor(config), token, optionsFor(config))
}

export function clearCookie(res: Response, config: Config): void {
  res.clearCookie(nameFor(config), optionsFor(config))
}
