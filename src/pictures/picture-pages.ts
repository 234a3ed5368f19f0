// The pictures of a statement on one page, and each as an SVG file.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { NotFound } from '../http/errors.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { numbersOf } from '../signatories/by-day.ts'
import { findPublic } from '../statements/find-public.ts'
import { adaptiveStyle, adaptiveStyleHash } from './palette.ts'
import { drawPicture, pictureNames, picturesOf } from './pictures.ts'
import type { Picture } from './scene.ts'

export function picturesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, t } = speaking(ctx, res)
    const title = titleIn(statement, language)
    const view = await picturesOf(ctx, statement, language)
    sendPage(
      ctx,
      req,
      res,
      'pictures/page',
      { ...view, title },
      { title: t('pictures.title', { title: title.text }), isDiscreet: statement.discreet },
    )
  }
}

/** `…/pictures/map.svg`; `?narrow=yes` for the screen of a phone. */
export function pictureFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const name = nameIn(req)
    const statement = await findPublic(ctx, req)
    const numbers = await numbersOf(ctx.db, statement)
    const { language } = speaking(ctx, res)
    const isNarrow = textParam(req, 'narrow') === 'yes'
    const picture = drawPicture(ctx, name, { statement, numbers, language, isNarrow })
    res.set('Cache-Control', 'public, no-cache')
    sendSvg(res, picture)
  }
}

function nameIn(req: Request) {
  const name = pictureNames.find((each) => `${each}.svg` === req.params['picture'])
  if (!name) throw new NotFound()
  return name
}

/** It may be opened by itself: then it has its own style and nothing else. */
function sendSvg(res: Response, picture: Picture): void {
  res
    .set('Content-Security-Policy', `default-src 'none'; style-src '${adaptiveStyleHash}'; sandbox`)
    .type('svg')
    .send(picture.svg(adaptiveStyle))
}
