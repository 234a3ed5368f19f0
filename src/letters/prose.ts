// The text of a statement as data for Typst, which sets it and never reads it as Typst.
import type { Token } from 'markdown-it'
import { parseText } from '../statements/statement-text.ts'

export type Inline =
  | { is: 'text' | 'code'; text: string }
  | { is: 'emphasis' | 'strong'; parts: Inline[] }
  | { is: 'link'; href: string; parts: Inline[] }
  | { is: 'break' }

export type Block =
  | { is: 'paragraph'; parts: Inline[] }
  /** level 1 is the highest below the title */
  | { is: 'heading'; level: number; parts: Inline[] }
  | { is: 'bullets'; tight: boolean; items: Block[][] }
  | { is: 'numbers'; tight: boolean; start: number; items: Block[][] }
  | { is: 'quote'; blocks: Block[] }
  | { is: 'code'; text: string }
  | { is: 'rule' }

interface Branch {
  token: Token
  children: Branch[]
}

/** CommonMark without raw HTML → blocks. */
export function proseOf(body: string): Block[] {
  return blocksOf(treeOf(parseText(body)))
}

function treeOf(tokens: readonly Token[]): Branch[] {
  const root: Branch[] = []
  const open = [root]
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop()
      continue
    }
    const branch: Branch = { token, children: [] }
    open.at(-1)?.push(branch)
    if (token.nesting === 1) open.push(branch.children)
  }
  return root
}

function blocksOf(branches: readonly Branch[]): Block[] {
  return branches.flatMap((branch) => blockOf(branch) ?? [])
}

function blockOf({ token, children }: Branch): Block | null {
  switch (token.type) {
    case 'paragraph_open':
      return { is: 'paragraph', parts: partsIn(children) }
    case 'heading_open':
      // below the page's h1 the text begins at h2
      return { is: 'heading', level: Number(token.tag.slice(1)) - 1, parts: partsIn(children) }
    case 'bullet_list_open':
      return { is: 'bullets', tight: isTight(children), items: itemsOf(children) }
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1)
      return { is: 'numbers', tight: isTight(children), start, items: itemsOf(children) }
    }
    case 'blockquote_open':
      return { is: 'quote', blocks: blocksOf(children) }
    case 'fence':
    case 'code_block':
      return { is: 'code', text: token.content.trimEnd() }
    case 'hr':
      return { is: 'rule' }
    default:
      return null
  }
}

const itemsOf = (items: readonly Branch[]) => items.map(({ children }) => blocksOf(children))

/** markdown-it hides the paragraphs of a list without empty lines. */
function isTight(items: readonly Branch[]): boolean {
  return items.every(({ children }) =>
    children.every(({ token }) => token.type !== 'paragraph_open' || token.hidden),
  )
}

function partsIn(children: readonly Branch[]): Inline[] {
  return children.flatMap(({ token }) => partsOf(treeOf(token.children ?? [])))
}

function partsOf(branches: readonly Branch[]): Inline[] {
  return branches.map(partOf)
}

function partOf({ token, children }: Branch): Inline {
  switch (token.type) {
    case 'em_open':
      return { is: 'emphasis', parts: partsOf(children) }
    case 'strong_open':
      return { is: 'strong', parts: partsOf(children) }
    case 'link_open':
      return { is: 'link', href: String(token.attrGet('href')), parts: partsOf(children) }
    case 'code_inline':
      return { is: 'code', text: token.content }
    case 'hardbreak':
      return { is: 'break' }
    case 'softbreak':
      return { is: 'text', text: ' ' }
    default:
      return { is: 'text', text: token.content }
  }
}
