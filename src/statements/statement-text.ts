// The text of a statement as a page shows it. `renderText` is the one source of HTML that views
// print unescaped: raw HTML and unsafe links come out as plain text, whatever was stored.

import { createHash } from 'node:crypto'
import MarkdownIt, { type Token } from 'markdown-it'
import { isAllowedLink } from './links.ts'

export { checkText } from './check-text.ts'

const markdown = new MarkdownIt('commonmark', { html: false })
markdown.disable('image')
markdown.validateLink = isAllowedLink
markdown.core.ruler.push('headings-below-title', (state) => lowerHeadings(state.tokens))
markdown.renderer.rules['link_open'] = (tokens, index, options, _env, renderer) => {
  const token = tokens[index]
  if (token && !String(token.attrGet('href')).startsWith('#')) {
    token.attrSet('rel', 'noopener noreferrer')
  }
  return renderer.renderToken(tokens, index, options)
}

const rendered = new Map<string, string>()
let renderedLength = 0
const longestRendered = 4_000_000

/** CommonMark → tokens of markdown-it, with the same rules: for what is not HTML. */
export function parseText(body: string): Token[] {
  return markdown.parse(body, {})
}

/** CommonMark → HTML that is safe to print as it is. Kept in memory, as every page view needs it. */
export function renderText(body: string): string {
  const known = rendered.get(body)
  if (known !== undefined) return known
  const html = markdown.render(body)
  renderedLength += body.length + html.length
  if (renderedLength > longestRendered) {
    rendered.clear()
    renderedLength = body.length + html.length
  }
  rendered.set(body, html)
  return html
}

/**
 * The hash that names a text version (product.md §2, P-5): SHA-256, in hex, of the UTF-8 bytes of
 * `JSON.stringify([title, summary, body])`, each in Unicode NFC.
 */
export function textHash(text: { title: string; summary: string; body: string }): string {
  const parts = [text.title, text.summary, text.body].map((part) => part.normalize('NFC'))
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/**
 * The page's h1 is the title, so the text begins at h2. Levels follow how deep a heading lies under
 * the headings before it, so none is ever skipped: `#`, `###` become h2, h3; `##` alone becomes h2.
 */
function lowerHeadings(tokens: Token[]): void {
  const above: number[] = []
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue
    if (token.type === 'heading_open') enter(above, Number(token.tag.slice(1)))
    token.tag = `h${Math.min(above.length + 1, 6)}`
  }
}

function enter(above: number[], level: number): void {
  while ((above.at(-1) ?? 0) >= level) above.pop()
  above.push(level)
}
