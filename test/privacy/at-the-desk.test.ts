// What coordinators write down about people, and what becomes of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eraseSubject, exportSubject } from '../../src/endorsements/subject.ts'
import { importSignOns } from '../../src/imports/import-sign-ons.ts'
import { keepSheet } from '../../src/imports/drafts.ts'
import { openPause } from '../../src/imports/pause.ts'
import { planImport } from '../../src/imports/plan-import.ts'
import { readSheet } from '../../src/imports/read-sheet.ts'
import { guessMapping } from '../../src/imports/columns.ts'
import { cancel, prepare } from '../../src/invalidations/invalidate.ts'
import { nothingAsked } from '../../src/invalidations/criteria.ts'
import { countPrunable, prune } from '../../src/privacy/retention.ts'
import { decideAll } from '../../src/review/decide.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { addPerson } from '../support/desk.ts'
import { rowsByTable } from '../support/dump.ts'
import { openSite } from '../support/site.ts'
import { statementOf } from '../updates/campaign.ts'

const list = Buffer.from('Organisation,Country,Email\nQuagga Alliance,KE,zoe@quagga.example\n')
const pause = openPause(null)

function addressOf(typed: string) {
  const read = parseEmailAddress(typed)
  assert.ok(read.ok)
  return read.value
}

/** One organisation: brought in with evidence, decided on with a note, looked for, on a list that waits. */
async function openDesk() {
  const site = await openSite()
  const { ctx } = site
  const statement = await statementOf(site, await site.publish())
  const coordinator = await addPerson(site, 'coordinator')
  const by = { statement, coordinator }
  const read = await readSheet(list)
  assert.ok(read.ok)
  const { sheet, hash } = read
  const mapping = guessMapping(sheet.headings, ['organisation'])
  const rules = { statement, mapping, isConfirmed: true, language: 'en' }
  const plan = await planImport(ctx, sheet, rules, pause)
  const evidence = 'Zoe Quagga told Anna on the phone'
  const batch = { statement, plan, evidence, source: 'file', hash, actor: coordinator.id } as const
  await importSignOns(ctx, batch, pause)
  const { id, revision } = await ctx.db
    .selectFrom('endorsements')
    .select(['id', 'revision'])
    .executeTakeFirstOrThrow()
  const said = { note: 'Zoe is away until May', answer: '', tell: false }
  await decideAll(ctx, by, [{ id, revision, reports: null }], {
    decision: 'held',
    reason: 'other',
    ...said,
  })
  const looked = await prepare(ctx, by, { ...nothingAsked, text: 'quagga', reason: 'Spam' }, 'en')
  await cancel(ctx, by, looked)
  await keepSheet(ctx, statement, { bytes: list, source: 'file', by: coordinator.id })
  return { site, statement }
}

test('is handed over to whom it is about, and erased with them', async () => {
  const { site } = await openDesk()
  const address = addressOf('Zoe@Quagga.example')
  const { endorsements, lists_waiting_to_be_imported } = await exportSubject(site.ctx, address)
  assert.equal(lists_waiting_to_be_imported, 1)
  const [own] = endorsements
  assert.deepEqual(
    own?.reviews.map(({ decision, note }) => [decision, note]),
    [['held', 'Zoe is away until May']],
  )
  assert.match(own?.brought_in?.evidence ?? '', /told Anna/)

  await eraseSubject(site.ctx, address, 'command line')
  const { reviews, import_drafts, import_rows, invalidations } = await rowsByTable(site)
  assert.deepEqual([reviews, import_drafts, import_rows], [[], [], []])
  assert.deepEqual(
    invalidations?.map((row) => row['criteria_sealed']),
    [''],
  )
})

test('goes with all contact data, six months after closing', async () => {
  const { site, statement } = await openDesk()
  await closeStatement(site.ctx, statement.slug)
  site.clock.advance({ days: 150 })
  assert.equal((await prune(site.ctx)).words, 0)
  site.clock.advance({ days: 40 })
  assert.equal((await countPrunable(site.ctx)).words, 3)
  assert.equal((await prune(site.ctx)).words, 3)
  const { reviews, imports, invalidations } = await rowsByTable(site)
  const left = [reviews?.[0]?.['note_sealed'], imports?.[0]?.['evidence_sealed']]
  assert.deepEqual([...left, invalidations?.[0]?.['criteria_sealed']], ['', '', ''])
  assert.equal(reviews?.[0]?.['decision'], 'held')
})
