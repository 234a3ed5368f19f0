// How a statement has grown, day by day, and how long there still is. Organisations and individuals have
// a scale of their own each.
import type { EndorserType } from '../endorsements/endorsement.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { DayCount } from '../signatories/by-day.ts'
import { endOf } from '../statements/stored-statement.ts'
import type { Canvas } from './canvas.ts'
import { widthOf } from './fitting.ts'
import { dayMs, dayOf, growthOf, type Period, periodOf, scaleFor } from './growth.ts'
import { begin, finish, type Note, nothingYet, type Picture, type Scene, swatch } from './scene.ts'

interface Panel {
  type: EndorserType
  days: DayCount[]
  total: number
  /** of the total, how many are on the list and so have a day */
  named: number
}

interface Box {
  /** of the label, before the scale */
  start: number
  left: number
  right: number
  top: number
  bottom: number
}

export function overTime(scene: Scene): Picture {
  const { t, numbers, statement, now } = scene
  const heading = t('pictures.over-time')
  if (numbers.counts.total === 0) return nothingYet(scene, heading)
  const begun = begin(scene, heading)
  const panels = panelsOf(scene)
  const period = periodOf(statement, numbers.days, now)
  const last = boxesOf(begun, panels, scene).reduce((_, { panel, box }) => {
    drawPanel(begun.canvas, panel, box, { ...scene, period })
    return box.bottom
  }, begun.y)
  const words = descriptionOf(scene, panels, period)
  return finish({ ...begun, y: last + 32 }, scene, words, notesOf(scene, panels))
}

function panelsOf({ numbers, statement }: Scene): Panel[] {
  return typesFor(statement).map((type) => {
    const days = numbers.days.filter((day) => day.type === type)
    const named = days.reduce((sum, { n }) => sum + n, 0)
    return { type, days, total: numbers.counts[`${type}s`], named }
  })
}

/** One below the other, all as wide. */
function boxesOf(
  { left, right, y }: { left: number; right: number; y: number },
  panels: readonly Panel[],
  { isNarrow, format }: Scene,
) {
  const numbers = panels.map(({ total }) => widthOf(format.number(scaleFor(total).top), 12))
  const scaleWidth = Math.max(...numbers) + 8
  const barWidth = panels.some(({ total, named }) => total > named) ? 42 : 8
  const height = (isNarrow ? 130 : 160) * (panels.length === 1 ? 1.5 : 1)
  return panels.map((panel, index) => {
    const top = y + 24 + index * (height + 62)
    const sides = { start: left, left: left + scaleWidth, right: right - barWidth }
    return { panel, box: { ...sides, top, bottom: top + height } }
  })
}

type Setting = Scene & { period: Period }

function drawPanel(canvas: Canvas, panel: Panel, box: Box, setting: Setting): void {
  const { type, days, total, named } = panel
  const { t, format, period } = setting
  const { start, left, right, top, bottom } = box
  const scale = scaleFor(total)
  const x = (ms: number) => left + ((right - left) * (ms - period.from)) / (period.to - period.from)
  const y = (n: number) => bottom - ((bottom - top) * n) / scale.top
  const label = `${t(`count.label.${type}s`)}: ${format.number(total)}`
  canvas.text(label, { x: start, y: top - 14 }, `strong ${type}`)
  for (let n = 0; n <= scale.top; n += scale.step) {
    canvas.across(y(n), left, right, 'rule')
    canvas.text(format.number(n), { x: left - 7, y: y(n) + 4, anchor: 'end' }, 'small soft')
  }
  drawDays(canvas, box, setting)
  const points = growthOf(days, period).map(([at, sum]) => [x(at), y(sum)] as const)
  canvas.line(points, `area ${type}`, bottom)
  canvas.line(points, `line ${type}-line`)
  canvas.dot(x(period.until), y(named), 3.5, type)
  if (period.closes !== null) {
    canvas.down(x(period.closes), top - 4, bottom, 'dash deadline')
  }
  if (total > named) drawTotal(canvas, { type, all: y(total), named: y(named) }, box, setting)
}

/** Beside the days, all there are: the hidden on top of the named. */
function drawTotal(
  canvas: Canvas,
  { type, all, named }: { type: EndorserType; all: number; named: number },
  { right, bottom }: Box,
  { t }: Scene,
): void {
  const x = right + 16
  canvas.rect({ x, y: named, width: 26, height: bottom - named }, `area ${type}`)
  canvas.rect({ x, y: all, width: 26, height: named - all }, 'hatched')
  const below = { x: x + 13, y: bottom + 17, anchor: 'middle' } as const
  canvas.text(t('countries.total'), below, 'small soft')
}

/** A handful of days below the line, evenly apart. */
function drawDays(canvas: Canvas, { left, right, bottom }: Box, setting: Setting): void {
  const { period, format, isNarrow } = setting
  const length = (period.to - period.from) / dayMs
  const step = Math.ceil(length / (isNarrow ? 3 : 5))
  for (let day = 0; day < length; day += step) {
    const at = left + ((right - left) * day) / length
    const words = format.shortDay(dayOf(period.from + day * dayMs), length > 400)
    if (day > 0 && at + widthOf(words, 12) / 2 > right) return
    canvas.down(at, bottom, bottom + 4, 'rule')
    const anchor = day === 0 ? 'start' : 'middle'
    canvas.text(words, { x: at, y: bottom + 17, anchor }, 'small soft')
  }
}

function notesOf({ t, format, statement, now }: Scene, panels: readonly Panel[]): Note[] {
  const end = endOf(statement)
  const notes: Note[] = []
  if (end !== null) {
    const { local, zone } = format.instant(end.instant, end.zone)
    const label = t(end.instant <= now.toISOString() ? 'deadline.closed' : 'deadline.closes')
    notes.push({ words: `${label} ${local} (${zone})`, key: dashes })
  }
  if (panels.some(({ total, named }) => total > named)) {
    notes.push({ words: t('pictures.without-day'), key: swatch('hatched') })
  }
  return [...notes, { words: t('pictures.days') }]
}

function dashes(canvas: Canvas, x: number, y: number): void {
  canvas.across(y - 4, x, x + 16, 'dash deadline')
}

function descriptionOf({ t, format }: Scene, panels: readonly Panel[], period: Period): string {
  const counts = panels.map(({ type, total }) => t(`count.${type}s`, { n: total }))
  return t('pictures.over-time.described', {
    from: format.day(dayOf(period.from)),
    to: format.day(dayOf(period.until - 1)),
    counts: counts.join(' · '),
  })
}
