// Splits a statement file into its YAML front matter and its text, and remembers on which line of
// the file everything stands.

import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node, Pair } from 'yaml'

export interface LineFault {
  line: number | null
  message: string
}

/** Where a value stands in the front matter: `['convenors', 1, 'url']`. */
export type FieldPath = (string | number)[]

export interface FrontMatter {
  fields: Record<string, unknown>
  body: string
  /** line of the file on which the body begins */
  bodyLine: number
  /** line of a field, or of the nearest one that contains it; null when nothing of it is there */
  lineOf(path: FieldPath): number | null
}

export type ReadFrontMatter = { ok: true; value: FrontMatter } | { ok: false; faults: LineFault[] }

const fence = /^---[ \t]*$/
const longestFront = 64_000

/** @param text the whole file, with `\n` line ends */
export function readFrontMatter(text: string): ReadFrontMatter {
  const lines = text.split('\n')
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line))
  if (!fence.test(lines[0] ?? '')) return refused(1, noFrontMatter)
  if (end === -1) return refused(1, notClosed)
  // An empty line stands for the fence, so that YAML counts lines as the file does.
  const yaml = ['', ...lines.slice(1, end)].join('\n')
  if (yaml.length > longestFront) return refused(1, tooLong)
  return withBody(yaml, lines, end + 1)
}

const noFrontMatter =
  'The file does not begin with its settings. Write them first, between two lines of three hyphens: ---.'
const notClosed = 'The settings have no end. Close them with a line of three hyphens: ---.'
const tooLong = `The settings are longer than ${longestFront} characters. Shorten them; the text belongs below.`
const notFields = 'The settings are not a list of fields. Write them as “title: …”, one a line.'
const noAliases = 'Anchors and aliases (&name, *name) are not supported. Write the value out.'

function withBody(yaml: string, lines: string[], afterFence: number): ReadFrontMatter {
  const counter = new LineCounter()
  const document = parseDocument(yaml, {
    lineCounter: counter,
    prettyErrors: false,
    version: '1.2',
  })
  const faults = yamlFaults(document, counter)
  if (faults.length > 0) return { ok: false, faults }
  if (!isMap(document.contents)) return refused(1, notFields)
  const blank = lines.slice(afterFence).findIndex((line) => line.trim() !== '')
  const bodyStart = afterFence + Math.max(blank, 0)
  const value: FrontMatter = {
    fields: document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>,
    body: lines.slice(bodyStart).join('\n').trimEnd().normalize('NFC'),
    bodyLine: bodyStart + 1,
    lineOf: (path) => lineOf(document.contents as Node, path, counter),
  }
  return { ok: true, value }
}

/** One fault a line: what follows the first is mostly its consequence. */
function yamlFaults(document: Document, counter: LineCounter): LineFault[] {
  const faults = new Map<number | null, LineFault>()
  const add = (line: number | null, message: string) => {
    if (!faults.has(line)) faults.set(line, { line, message })
  }
  for (const error of [...document.errors, ...document.warnings]) {
    add(counter.linePos(error.pos[0]).line, adviceFor(error.code, error.message))
    if (error.code === 'RESOURCE_EXHAUSTION') break
  }
  visit(document, { Alias: (_key, node) => add(lineOfNode(node, counter), noAliases) })
  return [...faults.values()]
}

function adviceFor(code: string, said: string): string {
  if (code === 'DUPLICATE_KEY') return 'This field is given twice. Keep one of the two.'
  if (code === 'RESOURCE_EXHAUSTION') return 'This is nested too deeply. Write it flat.'
  if (code === 'TAB_AS_INDENT') return 'There is a tab before this field. Indent with spaces.'
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    return 'This is not valid YAML. Put a text that contains a colon between double quotes.'
  }
  const reason = said.split('\n')[0]?.replace(/\.$/, '') ?? ''
  return `This is not valid YAML (${reason}). Check the quotes, the colons and the indentation.`
}

function lineOf(root: Node, path: FieldPath, counter: LineCounter): number | null {
  let line: number | null = null
  let node: unknown = root
  for (const step of path) {
    const found = childOf(node, step)
    if (found === null) return line
    line = lineOfNode(found.at, counter) ?? line
    node = found.value
  }
  return line
}

function childOf(node: unknown, step: string | number): { at: unknown; value: unknown } | null {
  if (isMap(node)) {
    const pair: Pair | undefined = node.items.find(({ key }) => keyText(key) === String(step))
    return pair ? { at: pair.key, value: pair.value } : null
  }
  const item: unknown = isSeq(node) ? node.items[Number(step)] : undefined
  return item === undefined ? null : { at: item, value: item }
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : ''
}

function lineOfNode(node: unknown, counter: LineCounter): number | null {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return null
  return node.range ? counter.linePos(node.range[0]).line : null
}

function refused(line: number, message: string): ReadFrontMatter {
  return { ok: false, faults: [{ line, message }] }
}
