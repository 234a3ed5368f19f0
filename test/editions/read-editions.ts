// Reads editions as a visitor does.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { openSite, type TestSite } from '../support/site.ts'

export interface EditionJson {
  edition: { number: number; reason: string; removed_since: number; url: string }
  counts: Record<string, number>
  as_of: string
  signatories: { number: number; name: string; late: boolean }[]
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export const openEditions = () => openSite({ env: { LIMITS: 'off' } })

export async function get(site: TestSite, path: string) {
  const response = await fetch(site.address + path)
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() }
}

export async function jsonOf(site: TestSite, path: string): Promise<EditionJson> {
  return JSON.parse((await get(site, path)).text) as EditionJson
}

export async function makeNow(site: TestSite, slug: string) {
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  return makeEdition(site.ctx, statement.id, { reason: 'on-demand', actor: 'test' })
}

export interface Listed {
  sha256: string
  name: string
  /** where it is downloaded */
  path: string
}

/** What SHA256SUMS of an edition lists. */
export async function listedFiles(site: TestSite, slug: string, number: number) {
  const base = `/statements/${slug}/editions/${number}`
  const { text } = await get(site, `${base}/SHA256SUMS`)
  return [...text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)].map(
    ([, hash = '', name = '']): Listed => {
      const [language, ...format] = name.slice(`${slug}-edition-${number}.`.length).split('.')
      return { sha256: hash, name, path: `/${language}${base}.${format.join('.')}` }
    },
  )
}
