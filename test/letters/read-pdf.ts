// What a reader program finds in a PDF file.
import assert from 'node:assert/strict'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import type { TestSite } from '../support/site.ts'

export interface ReadPdf {
  bytes: Buffer
  headers: Headers
  /** in reading order, with single spaces */
  text: string
  pages: number
  title: unknown
  language: unknown
  /** roles of the tags, as the file has them, without repetition */
  roles: Set<string>
  bookmarks: string[]
}

export async function readPdf(site: TestSite, path: string): Promise<ReadPdf> {
  const response = await fetch(site.address + path)
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.equal(response.status, 200, path)
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  const { text } = await extractText(document, { mergePages: true })
  const { info } = await getMeta(document)
  const roles = new Set<string>()
  for (let number = 1; number <= document.numPages; number += 1) {
    const tree = await (await document.getPage(number)).getStructTree()
    if (tree) collectRoles(tree, roles)
  }
  const outline = (await document.getOutline()) ?? []
  return {
    bytes,
    headers: response.headers,
    text: text.replaceAll(/\s+/g, ' '),
    pages: document.numPages,
    title: info['Title'],
    language: info['Language'],
    roles,
    bookmarks: outline.map(({ title }) => title),
  }
}

interface TreeNode {
  role?: string
  children?: unknown[]
}

function collectRoles(node: TreeNode, roles: Set<string>): void {
  if (node.role !== undefined) roles.add(node.role)
  for (const child of node.children ?? []) collectRoles(child as TreeNode, roles)
}

/** Each is there, after the one before. */
export function assertInOrder(text: string, expected: readonly string[]): void {
  let from = 0
  for (const words of expected) {
    const at = text.indexOf(words, from)
    assert.ok(at >= 0, `“${words}” does not follow in: ${text}`)
    from = at + words.length
  }
}
