// Thousands of rows are brought in piece by piece: it tells how far it is, and others are served.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessMapping } from '../../src/imports/columns.ts'
import { importSignOns } from '../../src/imports/import-sign-ons.ts'
import { openPause } from '../../src/imports/pause.ts'
import { planImport } from '../../src/imports/plan-import.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { openSite, type TestSite } from '../support/site.ts'

const many = 3000
const headings = ['Type', 'Name', 'Country', 'Email', 'Contact name']

const rowOf = (n: number) =>
  n % 4 === 0
    ? ['organisation', `Group ${n} of Peers`, 'Kenya', `office@group-${n}.example`, 'A Contact']
    : ['individual', `Person ${n}`, 'Peru', `person-${n}@people.example`, '']

const sheet = {
  headings,
  rows: Array.from({ length: many }, (_, n) => ({ number: n + 2, cells: rowOf(n) })),
}

/** Somebody reads one page after the other; @returns how to stop, and how many were answered. */
function keepReading({ address }: TestSite, path: string) {
  const over = new AbortController()
  const reading = (async () => {
    let answered = 0
    while (!over.signal.aborted) {
      const response = await fetch(address + path)
      await response.arrayBuffer()
      if (!over.signal.aborted && response.status === 200) answered += 1
    }
    return answered
  })()
  return async () => {
    over.abort()
    return reading
  }
}

test('thousands of rows are brought in while others read, and progress is told', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  const told: number[] = []
  const turn = openPause(null)
  const pause = async (done: number) => {
    told.push(done)
    await turn(done)
  }
  const mapping = guessMapping(headings, ['organisation', 'individual'])
  const rules = { statement, mapping, isConfirmed: true, language: 'en' }
  const stop = keepReading(site, `/statements/${slug}/count.json`)
  const plan = await planImport(site.ctx, sheet, rules, pause)
  assert.equal(told.length, many)
  told.length = 0
  const batch = { evidence: 'Letters', source: 'file', hash: '', actor: 'a test' } as const
  const imported = await importSignOns(site.ctx, { statement, plan, ...batch }, pause)
  const answered = await stop()
  assert.ok(imported.outcome === 'imported' && imported.added === many)
  assert.deepEqual(
    told,
    [...new Set(told)].toSorted((a, b) => a - b),
  )
  assert.ok(told.length >= 10 && told.at(-1) === many, `it told ${told.join(', ')}`)
  assert.ok(answered >= 5, `only ${answered} pages were answered meanwhile`)
})
