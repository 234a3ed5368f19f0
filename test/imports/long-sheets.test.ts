// Long sheets, and sheets for long lists: others are served meanwhile, and nobody is overlooked where what
// is read comes in pieces.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDraft } from '../../src/imports/draft-store.ts'
import { keepSheet } from '../../src/imports/drafts.ts'
import { importSignOns } from '../../src/imports/import-sign-ons.ts'
import { planImport } from '../../src/imports/plan-import.ts'
import { readSheet } from '../../src/imports/read-sheet.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { signIn } from '../support/desk.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** More than are read at once of a list, or go into one line of a sheet that waits. */
const many = 620
const headings = ['name', 'country', 'email'] as const
const mapping = { fields: [...headings], type: 'organisation' } as const
const atOnce = async () => undefined

/** Of each number a word that is unlike those of all others. */
const wordOf = (n: number) =>
  Array.from(String(n).padStart(3, '0'), (digit) => 'bdfklmnprs'[Number(digit)] ?? '')
    .map((letter) => `${letter}at`)
    .join('')
    .repeat(3)

/** @param name of the n-th */
function sheetOf(name: (word: string) => string, mailbox: string) {
  const cells = Array.from({ length: many }, (_, n) => [
    name(wordOf(n)),
    'KE',
    `${mailbox}.${n}@union.example`,
  ])
  const rows = cells.map((each, n) => ({ number: n + 2, cells: each }))
  return { headings: [...headings], rows }
}

async function open() {
  const site = await openSite()
  const statement = await findStatement(site.ctx.db, await site.publish())
  assert.ok(statement)
  return { site, statement }
}

test('a long sheet of text is read while others have their turn', async () => {
  const reading = readSheet(Buffer.from(`Name,Country\n${'A Person,KE\n'.repeat(100_000)}`))
  let turns = 0
  const timer = setInterval(() => (turns += 1), 0)
  const read = await reading.finally(() => clearInterval(timer))
  assert.ok(read.ok && read.sheet.rows.length === 100_000)
  assert.ok(turns > 2, `others had ${turns} turns`)
})

test('a long sheet that waits for its coordinator is whole', async () => {
  const { site, statement } = await open()
  const { id: by } = await signIn(site, 'coordinator')
  const text = sheetOf((word) => `${word}\n“Union”`, 'a').rows.map(
    ({ cells }) => `"${cells.join('","')}"`,
  )
  const bytes = Buffer.from(`${headings.join(',')}\n${text.join('\n')}`)
  const kept = await keepSheet(site.ctx, statement, { bytes, source: 'file', by })
  const read = await readSheet(bytes)
  assert.ok(kept.ok && read.ok)
  const own = { id: kept.id, statementId: statement.id, coordinatorId: by }
  const now = site.clock.now().toISOString()
  const draft = await findDraft(site.ctx.db, site.ctx.vault, own, now)
  assert.deepEqual(draft?.sheet, read.sheet)
})

test('each row is compared with everybody on a long list, whatever their state', async () => {
  const { site, statement } = await open()
  const rules = { statement, mapping: { ...mapping, fields: [...headings] }, language: 'en' }
  const bring = async (sheet: ReturnType<typeof sheetOf>, evidence: string | null) => {
    const isConfirmed = evidence !== null
    const plan = await planImport(site.ctx, sheet, { ...rules, isConfirmed }, atOnce)
    const batch = { source: 'file', hash: '', actor: 'a test' } as const
    await importSignOns(site.ctx, { statement, plan, evidence, ...batch }, atOnce)
    return plan.numbers
  }
  const [first, last] = [
    sheetOf((word) => `${word} Shelter`, 'a'),
    sheetOf((word) => `${word} Union`, 'b'),
  ]
  assert.equal((await bring(first, null)).new, many)
  assert.equal((await bring(last, 'Letters')).new, many)
  const slips = [sheetOf((word) => `${word} Sheltre`, 'c'), sheetOf((word) => `${word} Unoin`, 'd')]
  for (const sheet of slips) {
    const plan = await planImport(site.ctx, sheet, { ...rules, isConfirmed: true }, atOnce)
    assert.deepEqual([plan.numbers.similar, plan.numbers.new], [many, 0])
    assert.ok(plan.planned.every((row) => row.outcome === 'similar' && row.of === null))
  }
  assert.equal((await bring(first, null)).duplicate, many)
  await leave(site)
  const gone = await planImport(site.ctx, slips[0]!, { ...rules, isConfirmed: true }, atOnce)
  assert.equal(gone.numbers.new, many)
})

/** Everybody who has not confirmed. */
async function leave({ ctx }: TestSite): Promise<void> {
  await ctx.db
    .updateTable('endorsements')
    .set({ state: 'withdrawn' })
    .where('state', '=', 'pending')
    .execute()
}
