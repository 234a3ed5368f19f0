// The pictures of a statement on one page, and each as a file: SVG, and PNG where it can be made.
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { NotFound } from '../http/errors.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import type { PictureName } from '../paths.ts'
import { numbersOf } from '../signatories/by-day.ts'
import { findPublic } from '../statements/find-public.ts'
import { namesHiddenOf, type Statement } from '../statements/stored-statement.ts'
import { adaptiveStyle, adaptiveStyleHash, fixedStyles } from './palette.ts'
import { drawPicture, pictureNames, picturesOf } from './pictures.ts'
import type { Picture } from './scene.ts'

export function picturesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, paths, t } = speaking(ctx, res)
    const title = titleIn(statement, language)
    const view = await picturesOf(ctx, statement, { language, paths })
    sendPage(
      ctx,
      req,
      res,
      'pictures/page',
      { ...view, title, hasTables: true, namesHidden: namesHiddenOf(statement) },
      { title: t('pictures.title', { title: title.text }), isDiscreet: statement.discreet },
    )
  }
}

/** `…/pictures/map.svg`, `…/pictures/map.png?dark=yes`; `?narrow=yes` for the screen of a phone. */
export function pictureFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const wanted = nameIn(req)
    const statement = await findPublic(ctx, req)
    const numbers = await numbersOf(ctx.db, statement)
    const { language } = speaking(ctx, res)
    const isNarrow = textParam(req, 'narrow') === 'yes'
    const picture = drawPicture(ctx, wanted.name, { statement, numbers, language, isNarrow })
    res.set('Cache-Control', 'public, no-cache')
    if (wanted.format === 'svg') sendSvg(res, picture)
    else await sendPng(ctx, req, res, { statement, picture, name: wanted.name })
  }
}

function nameIn(req: Request) {
  const [name, format, ...more] = String(req.params['picture']).split('.')
  const known = pictureNames.find((each) => each === name)
  if (!known || (format !== 'svg' && format !== 'png') || more.length > 0) throw new NotFound()
  return { name: known, format }
}

/** It may be opened by itself: then it has its own style and nothing else. */
function sendSvg(res: Response, picture: Picture): void {
  res
    .set('Content-Security-Policy', `default-src 'none'; style-src '${adaptiveStyleHash}'; sandbox`)
    .type('svg')
    .send(picture.svg(adaptiveStyle))
}

interface Wanted {
  statement: Statement
  picture: Picture
  name: PictureName
}

/** Who has the picture already is told so before it is painted. */
async function sendPng(ctx: Context, req: Request, res: Response, wanted: Wanted): Promise<void> {
  const isDark = textParam(req, 'dark') === 'yes'
  const svg = wanted.picture.svg(isDark ? fixedStyles.dark : fixedStyles.light)
  res.type('png').set('ETag', `"${createHash('sha256').update(svg).digest('base64url')}"`)
  if (req.fresh) return void res.status(304).end()
  if (req.method === 'HEAD') return void res.end()
  const painted = await ctx.painter.paint(svg)
  if (painted.is === 'painted') return void res.send(painted.bytes)
  res.removeHeader('ETag')
  if (painted.is === 'none') return sendInstead(ctx, req, res, wanted)
  throw Object.assign(new Error('too many pictures at once'), { status: 503 })
}

/** Where nothing paints, the SVG file serves as well. */
function sendInstead(ctx: Context, req: Request, res: Response, wanted: Wanted): void {
  const { statement, name } = wanted
  const { t, paths } = speaking(ctx, res)
  const heading = t('pictures.no-png.heading')
  sendPage(
    ctx,
    req,
    res,
    'outcomes/error',
    {
      status: 501,
      heading,
      explanation: t('pictures.no-png.explanation'),
      nextStep: { label: t('pictures.as-svg'), href: paths.picture(statement.slug, name, 'svg') },
      reference: null,
    },
    { status: 501, title: heading, isDiscreet: statement.discreet },
  )
}
