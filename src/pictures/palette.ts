// The colours of pictures: those of the site's style sheet, and two hues that stay apart for people who
// see few colours.
import { createHash } from 'node:crypto'

type Palette = Record<
  'paper' | 'ink' | 'soft' | 'line' | 'organisation' | 'individual' | 'deadline' | 'land',
  string
> & { scale: readonly string[] }

const light: Palette = {
  paper: '#ffffff',
  ink: '#1c1b19',
  soft: '#5b5750',
  line: '#dad5ca',
  organisation: '#17497d',
  individual: '#bd6b0a',
  deadline: '#9b1c1c',
  land: '#e6e2d8',
  scale: ['#a9c8e6', '#7ba7d1', '#4d83b6', '#2a6199', '#0f3a68'],
}

const dark: Palette = {
  paper: '#1d2024',
  ink: '#ece9e2',
  soft: '#b1aca2',
  line: '#363a40',
  organisation: '#9cc7f2',
  individual: '#e3b063',
  deadline: '#ff9d94',
  land: '#34383e',
  scale: ['#34597f', '#4577a6', '#5f96c9', '#88b8e6', '#c4e0fb'],
}

function coloursOf(palette: Palette): string {
  const { paper, ink, soft, line, organisation, individual, deadline, land, scale } = palette
  return [
    `.paper{fill:${paper}}`,
    `.ink{fill:${ink}}`,
    `.soft{fill:${soft}}`,
    `.rule{stroke:${line}}`,
    `.border{stroke:${paper}}`,
    `.organisation{fill:${organisation}}`,
    `.organisation-line{stroke:${organisation}}`,
    `.individual{fill:${individual}}`,
    `.individual-line{stroke:${individual}}`,
    `.hatch{stroke:${soft}}`,
    `.deadline{stroke:${deadline}}`,
    `.deadline-words{fill:${deadline}}`,
    `.land{fill:${land}}`,
    ...scale.map((fill, step) => `.step-${step}{fill:${fill}}`),
  ].join('')
}

const shapes =
  'text{font-size:14px}.hatched{fill:url(#hatch)}.hatch{stroke-width:1.6}' +
  '.title{font-size:20px;font-weight:600}.strong{font-weight:600}.small{font-size:12px}' +
  '.area{fill-opacity:.18}.line{fill:none;stroke-width:2}.dash{stroke-width:1.5;stroke-dasharray:5 4}'

/** Those of the reader's system; where there is none, those that pictures as PNG are drawn with. */
const systemFonts = "system-ui,-apple-system,'Segoe UI',Roboto"
export const fontFamilies = {
  ltr: `${systemFonts},'Noto Sans',Vazirmatn,'Noto Sans Arabic',sans-serif`,
  rtl: `${systemFonts},Vazirmatn,'Noto Sans Arabic','Noto Sans',sans-serif`,
}

/** How many colours the map has. */
export const steps = light.scale.length

/** Follows what the reader's system asks for. */
export const adaptiveStyle = `${shapes}${coloursOf(light)}@media (prefers-color-scheme:dark){${coloursOf(dark)}}`

/** For programs that know one scheme only. */
export const fixedStyles = {
  light: shapes + coloursOf(light),
  dark: shapes + coloursOf(dark),
}

export const adaptiveStyleHash = `sha256-${createHash('sha256').update(adaptiveStyle).digest('base64')}`
