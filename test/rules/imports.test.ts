import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const features = new Set([
  'abuse',
  'confirmations',
  'coordinators',
  'editor',
  'duplicates',
  'endorsements',
  'imports',
  'invitations',
  'invalidations',
  'letters',
  'mail',
  'privacy',
  'reports',
  'review',
  'signatories',
  'statements',
  'updates',
  'deliveries',
  'press',
  'pictures',
  'documents',
  'editions',
  'packs',
])

interface Import {
  from: string
  to: string
  isType: boolean
}

function allImports(): Import[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts')).flatMap(importsOf)
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from '([^']+)'/gm)
  return [...found].map(([, type, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? relative(src, join(src, normalize(dirname(file)), to)) : to,
    isType: type !== undefined,
  }))
}

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '')
const isStore = (file: string) => file.endsWith('-store.ts')
const isPages = (file: string) => /pages?\.ts$/.test(file) && folderOf(file) !== 'http'
const isRoutes = (file: string) => file === 'routes.ts' || file === 'desk/routes.ts'
const told = (wrong: Import[]) => wrong.map(({ from, to }) => `${from} → ${to}`)
const imports = allImports()

test('the code is read: there are hundreds of imports', () => {
  assert.ok(imports.length > 300)
})

test('a feature never reaches into the store or the pages of another', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      (isStore(to) || isPages(to)) && folderOf(from) !== folderOf(to) && !isRoutes(from),
  )
  assert.deepEqual(told(wrong), [])
})

test('only stores, table types and src/db speak SQL', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      to.startsWith('kysely') &&
      !isStore(from) &&
      !from.endsWith('tables.ts') &&
      folderOf(from) !== 'db',
  )
  assert.deepEqual(told(wrong), [])
})

test('only pages and what is around them know Express', () => {
  const allowed = /pages?\.ts$|find-public\.ts$|slow-down\.ts$/
  const wrong = imports.filter(
    ({ from, to }) => to === 'express' && features.has(folderOf(from)) && !allowed.test(from),
  )
  assert.deepEqual(told(wrong), [])
})

test('src/http knows Express and no feature', () => {
  const wrong = imports.filter(
    ({ from, to }) => folderOf(from) === 'http' && features.has(folderOf(to)),
  )
  assert.deepEqual(told(wrong), [])
})

test('src/text knows nothing but text', () => {
  const wrong = imports.filter(
    ({ from, to }) => folderOf(from) === 'text' && to.endsWith('.ts') && folderOf(to) !== 'text',
  )
  assert.deepEqual(told(wrong), [])
})

test('a store calls no use case', () => {
  const wrong = imports.filter(
    ({ from, to, isType }) =>
      isStore(from) && !isType && features.has(folderOf(to)) && folderOf(to) !== folderOf(from),
  )
  assert.deepEqual(told(wrong), [])
})
