// Sends a PDF file, or says what to do where there is none.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from './respond.ts'

type Made = { is: 'made'; bytes: Buffer } | { is: 'none' | 'busy' | 'too-long' }

/** Of which statement it is. */
interface Of {
  slug: string
  discreet: boolean
  /** how many names fit */
  mostNames: number
}

/** Kept under a name that says what it is; found by no search for a person. */
export function headOf(res: Response, name: string): Response {
  return res
    .attachment(name)
    .set('Cache-Control', 'public, no-cache')
    .set('X-Robots-Tag', 'noindex')
}

export function sendMade(
  ctx: Context,
  req: Request,
  res: Response,
  of: Of,
  name: string,
  made: Made,
): void {
  if (made.is === 'made') return void headOf(res, name).send(made.bytes)
  if (made.is !== 'busy') return sendInstead(ctx, req, res, of, made.is)
  throw Object.assign(new Error('too many PDF files at once'), { status: 503 })
}

/** What to do where no PDF is made: printing the list works everywhere. */
function sendInstead(
  ctx: Context,
  req: Request,
  res: Response,
  { slug, discreet, mostNames }: Of,
  why: 'none' | 'too-long',
): void {
  const { t, paths, format } = speaking(ctx, res)
  const heading = t(`pdf.${why}.heading`)
  sendPage(
    ctx,
    req,
    res,
    'outcomes/error',
    {
      status: 501,
      heading,
      explanation: t(`pdf.${why}.explanation`, { most: format.number(mostNames) }),
      nextStep: { label: t('statement.all-signatories'), href: paths.signatories(slug) },
      reference: null,
    },
    { status: 501, title: heading, isDiscreet: discreet },
  )
}
