// The text of a statement as paragraphs and lists of a text document.
import type { Place, Run, Style, Writer } from '../documents/word-writer.ts'
import type { Block, Inline } from './prose.ts'

interface Setting {
  write: Writer
  /** without bold and italic */
  isPlain: boolean
}

interface Here {
  style: Style
  /** the item in which it stands */
  place: Place | null
}

export function proseXml(blocks: readonly Block[], setting: Setting): string {
  return blocksXml(blocks, setting, { style: 'Normal', place: null })
}

function blocksXml(blocks: readonly Block[], setting: Setting, here: Here): string {
  return blocks.map((block) => blockXml(block, setting, here)).join('')
}

function blockXml(block: Block, setting: Setting, here: Here): string {
  const { write, isPlain } = setting
  switch (block.is) {
    case 'paragraph':
      return write.placed(here.style, here.place, runsOf(block.parts, { isPlain }))
    case 'heading':
      return write.paragraph(
        block.level === 1 ? 'Heading1' : 'Heading2',
        ...runsOf(block.parts, { isPlain }),
      )
    case 'bullets':
      return listXml(block.items, null, setting, here)
    case 'numbers':
      return listXml(block.items, block.start, setting, here)
    case 'quote':
      return blocksXml(block.blocks, setting, { ...here, style: 'Quote' })
    case 'code':
      return write.placed('Code', here.place, [block.text])
    case 'rule':
      return write.paragraph('Normal', '* * *')
  }
}

const deepest = 8

function listXml(
  items: readonly Block[][],
  start: number | null,
  setting: Setting,
  { style, place }: Here,
): string {
  const level = Math.min(place === null ? 0 : place.level + 1, deepest)
  const id = setting.write.beginList({ start, level })
  const below = { style, place: { id: null, level } }
  return items
    .map(([first, ...others]) => {
      // an item that begins with something else than words has its mark on an empty line
      const isWords = first?.is === 'paragraph'
      const words: Block = isWords ? first : { is: 'paragraph', parts: [] }
      const rest = isWords || first === undefined ? others : [first, ...others]
      return (
        blockXml(words, setting, { style, place: { id, level } }) + blocksXml(rest, setting, below)
      )
    })
    .join('')
}

interface Marks {
  isPlain: boolean
  isBold?: true
  isItalic?: true
}

function runsOf(parts: readonly Inline[], marks: Marks): Run[] {
  return parts.flatMap((part) => runsOfPart(part, marks))
}

function runsOfPart(part: Inline, marks: Marks): Run[] {
  const { isPlain, ...marked } = marks
  switch (part.is) {
    case 'text':
    case 'code':
      return [{ text: part.text, ...marked }]
    case 'emphasis':
      return runsOf(part.parts, isPlain ? marks : { ...marks, isItalic: true })
    case 'strong':
      return runsOf(part.parts, isPlain ? marks : { ...marks, isBold: true })
    case 'link': {
      const runs = runsOf(part.parts, marks)
      const isSaid = part.href.startsWith('#') || textOf(part.parts) === part.href
      // on paper nobody can press it
      return isSaid ? runs : [...runs, { text: ` (${part.href})`, ...marked }]
    }
    case 'break':
      return [{ text: '\n' }]
  }
}

function textOf(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if ('text' in part) return part.text
      return 'parts' in part ? textOf(part.parts) : '\n'
    })
    .join('')
}
