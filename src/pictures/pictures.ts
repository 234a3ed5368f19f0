// The pictures of a statement: what it takes to draw one, and what a page needs to show all of them.
import type { Context } from '../context.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import { titleIn } from '../endorsements/views.ts'
import { formatsOf } from '../languages/formats.ts'
import { translator } from '../languages/languages.ts'
import { spanOf, stepsOf } from '../overview/growth.ts'
import type { Paths, PictureFormat, PictureName } from '../paths.ts'
import { type Numbers, numbersOf } from '../signatories/by-day.ts'
import { endOf, type Statement } from '../statements/stored-statement.ts'
import { countries } from './countries.ts'
import { map } from './map.ts'
import { overTime } from './over-time.ts'
import { placesOf } from './places.ts'
import type { Picture, Scene } from './scene.ts'

const drawings: Record<PictureName, (scene: Scene) => Picture> = {
  'over-time': overTime,
  map,
  countries,
}

export const pictureNames = Object.keys(drawings) as PictureName[]

export function drawPicture(
  ctx: Context,
  name: PictureName,
  wanted: { statement: Statement; numbers: Numbers; language: string; isNarrow: boolean },
): Picture {
  const { statement, language } = wanted
  return drawings[name]({
    ...wanted,
    title: titleIn(statement, language),
    t: translator(language),
    format: formatsOf(language),
    source: `${ctx.config.siteName} · ${new URL(ctx.config.baseUrl).host}`,
    now: ctx.clock.now(),
  })
}

// the page by country shows the others
const mostRows = 50

/** What views/pictures/all.ejs shows: the pictures, and the numbers behind them as tables. */
export async function picturesOf(
  ctx: Context,
  statement: Statement,
  { language, paths }: { language: string; paths: Paths },
) {
  const numbers = await numbersOf(ctx.db, statement)
  const places = placesOf({ numbers, format: formatsOf(language), language })
  return {
    slug: statement.slug,
    counts: numbers.counts,
    types: typesFor(statement),
    pictures: pictureNames.map((name) =>
      pictureOf(ctx, name, paths, { statement, numbers, language }),
    ),
    growth: growthOf(ctx, statement, numbers),
    /** those who have no day: the hidden */
    withoutDay: withoutDay(numbers),
    totals: { organisation: numbers.counts.organisations, individual: numbers.counts.individuals },
    places: places.slice(0, mostRows),
    hasMorePlaces: places.length > mostRows,
    untold: numbers.untold,
  }
}

function pictureOf(
  ctx: Context,
  name: PictureName,
  paths: Paths,
  wanted: { statement: Statement; numbers: Numbers; language: string },
) {
  const { slug } = wanted.statement
  const path = (format: PictureFormat, query?: { narrow?: 'yes'; dark?: 'yes' }) =>
    paths.picture(slug, name, format, query)
  const { width, height, description } = drawPicture(ctx, name, { ...wanted, isNarrow: false })
  const narrow = drawPicture(ctx, name, { ...wanted, isNarrow: true })
  return {
    name,
    description,
    src: path('svg'),
    width,
    height,
    narrow: { src: path('svg', { narrow: 'yes' }), width: narrow.width, height: narrow.height },
    fileName: `${slug}-${name}`,
    png: ctx.painter.isThere() ? { light: path('png'), dark: path('png', { dark: 'yes' }) } : null,
  }
}

/** The table behind the first picture, with as many lines as can be read. */
function growthOf({ clock }: Context, statement: Statement, { days }: Numbers) {
  const opens = statement.opensAt?.instant ?? null
  const closes = endOf(statement)?.instant ?? null
  const span = spanOf(days, { opens, closes, today: clock.now().toISOString() })
  return { stepDays: span.stepDays, steps: stepsOf(days, span) }
}

function withoutDay({ counts, days }: Numbers) {
  const named = (type: EndorserType) =>
    days.reduce((sum, day) => sum + (day.type === type ? day.n : 0), 0)
  return {
    organisation: counts.organisations - named('organisation'),
    individual: counts.individuals - named('individual'),
  }
}
