// Says what is wrong with the text of a statement, line by line, before it is stored: raw HTML,
// pictures, links that lead somewhere else than they say, characters that deceive.

import MarkdownIt, { type Token } from 'markdown-it'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import { isAllowedLink } from './links.ts'

export interface TextFault {
  /** line in the file, beginning with 1 */
  line: number
  /** what is wrong and what to do */
  message: string
}

const longestBody = 200_000
const mostLinks = 1000

// Here, unlike in rendering, HTML and all links are recognised, so that they can be refused.
const markdown = new MarkdownIt('commonmark', { html: true })
markdown.validateLink = () => true

/**
 * Every fault of a body of CommonMark; [] when it may be published.
 * @param firstLine the line of the file on which the body begins
 */
export function checkText(body: string, firstLine = 1): TextFault[] {
  if (body.length > longestBody) return [tooLong(body, firstLine)]
  const tokens = markdown.parse(body, {})
  const faults = [...unsafeCharacters(body, firstLine), ...blockFaults(tokens, firstLine)]
  if (countLinks(tokens) > mostLinks) faults.push(tooManyLinks(firstLine))
  const once = new Map(faults.map((fault) => [`${fault.line} ${fault.message}`, fault]))
  return [...once.values()].toSorted((a, b) => a.line - b.line)
}

function unsafeCharacters(body: string, firstLine: number): TextFault[] {
  return findUnsafeCharacters(body, 'many lines').map(({ index, description }) => ({
    line: firstLine + countLineEnds(body.slice(0, index)),
    message: hiddenMessage(description),
  }))
}

function blockFaults(tokens: Token[], firstLine: number): TextFault[] {
  return tokens.flatMap((token) => {
    const line = firstLine + (token.map?.[0] ?? 0)
    if (token.type === 'html_block') return [{ line, message: htmlMessage(token.content) }]
    return token.type === 'inline' ? inlineFaults(token.children ?? [], line) : []
  })
}

/** Inline tokens have no line of their own: line ends are counted along the way. `</b>` is not told after `<b>`. */
function inlineFaults(tokens: Token[], startLine: number): TextFault[] {
  let line = startLine
  const opensTag = tokens.some((token) => isTag(token) && !isClosingTag(token))
  return tokens.flatMap((token) => {
    const message = opensTag && isClosingTag(token) ? null : inlineMessage(token)
    const fault = message === null ? [] : [{ line, message }]
    line += lineEndsIn(token)
    return fault
  })
}

function inlineMessage(token: Token): string | null {
  if (isTag(token)) return htmlMessage(token.content)
  if (token.type === 'image') {
    return 'Pictures are not supported in statement text yet. Take the picture out, or link to it.'
  }
  if (token.type !== 'link_open') return disguisedCharacter(token)
  const href = String(token.attrGet('href') ?? '')
  return isAllowedLink(href) ? null : linkMessage(href)
}

/** `&#x202E;` is harmless in the file and not on the page: what references stand for counts too. */
function disguisedCharacter(token: Token): string | null {
  const shown = token.type === 'text' ? token.content : String(token.attrGet('title') ?? '')
  const [found] = findUnsafeCharacters(shown, 'many lines')
  return found === undefined ? null : hiddenMessage(found.description)
}

function isTag(token: Token): boolean {
  return token.type === 'html_inline'
}

function isClosingTag(token: Token): boolean {
  return isTag(token) && token.content.startsWith('</')
}

function lineEndsIn(token: Token): number {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return 1
  return isTag(token) ? countLineEnds(token.content) : 0
}

function countLinks(tokens: Token[]): number {
  const inline = tokens.flatMap((token) => token.children ?? [])
  return inline.filter((token) => token.type === 'link_open').length
}

function hiddenMessage(description: string): string {
  return `There is a hidden character here: ${description}. Delete it.`
}

function htmlMessage(html: string): string {
  return `HTML is not allowed in statement text: ${shorten(html)}. Use Markdown instead; for a plain “<” write \\<.`
}

function linkMessage(href: string): string {
  return `The link to “${shorten(href)}” is not allowed. Write a whole address: https://… (without a user name), mailto:name@… or #….`
}

function tooManyLinks(line: number): TextFault {
  return { line, message: `The text has more than ${mostLinks} links. Take some out.` }
}

function tooLong(body: string, line: number): TextFault {
  const length = `${body.length} characters; at most ${longestBody} are possible`
  return { line, message: `The text is too long: ${length}. Shorten it.` }
}

function shorten(text: string): string {
  const [firstLine = ''] = text.trim().split('\n')
  return firstLine.length > 60 ? `${firstLine.slice(0, 60)}…` : firstLine
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1
}
