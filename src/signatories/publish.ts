// Keeps the public list and the counts in step with endorsements, in the transaction of the change.
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { RedactionReason } from '../editions/edition.ts'
import { holdStatement, noteRenamed, redact } from '../editions/redact.ts'
import { type Endorsement, isCounted, isNamed } from '../endorsements/endorsement.ts'
import { foldForSearch } from '../text/fold.ts'
import { sortKeysOf } from './order.ts'
import { addListed, type ListedKey } from './listed-store.ts'
import { insertOrders, writeOrder } from './order-store.ts'
import { deleteSignatory, insertSignatories, writeSignatory } from './signatory-store.ts'
import { addToCell, type CellKey, touchCell } from './tally-store.ts'

/**
 * Makes public what changed between two states of one endorsement (either may be null: it was not
 * there before, or is gone). Counts and list change together or not at all.
 */
export async function publish(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  before: Endorsement | null,
  after: Endorsement | null,
  whyGone: RedactionReason = reasonOf(after),
): Promise<void> {
  // what nobody can see must not move the "as of" either
  if (isDeepStrictEqual(shownOf(before), shownOf(after))) return
  const leaves = before !== null && isNamed(before) && !(after && isNamed(after)) ? before : null
  const renamed = before && after && isRenamed(before, after) ? after : null
  const inEditions = leaves ?? renamed
  // in the order in which confirming locks: statement, counts
  if (inEditions) await holdStatement(tx, inEditions.statementId)
  const now = clock.now().toISOString()
  for (const { cell, by } of changesOf(before, after)) await addToCell(tx, cell, by, now)
  await addListed(tx, [...listedAs(before, -1), ...listedAs(after, 1)])
  if (after && isNamed(after)) await list(tx, after)
  if (renamed) await noteRenamed(tx, { clock }, renamed.id)
  if (!leaves) return
  await deleteSignatory(tx, leaves.id)
  await redact(tx, { clock }, { endorsementId: leaves.id }, whyGone)
}

const nameOf = ({ details }: Endorsement) => [details?.name, details?.acronym]

function isRenamed(before: Endorsement, after: Endorsement): boolean {
  return isNamed(before) && isNamed(after) && !isDeepStrictEqual(nameOf(before), nameOf(after))
}

function reasonOf(after: Endorsement | null): RedactionReason {
  if (after === null || after.state === 'withdrawn') return 'withdrawn'
  return isCounted(after) ? 'hidden' : 'reviewed'
}

/** Who is counted stands behind another text: what is told of texts has changed (text-counts.ts). */
export async function noteOtherText(tx: Db, endorsement: Endorsement): Promise<void> {
  if (isCounted(endorsement)) await touchCell(tx, cellOf(endorsement))
}

/** The same for many endorsements that were not there before: of one statement, at once. */
export async function publishNew(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  added: Endorsement[],
): Promise<void> {
  const now = clock.now().toISOString()
  const counted = added.filter(isCounted)
  const cells = new Map<string, { cell: CellKey; by: number }>()
  for (const { cell, by } of counted.flatMap((each) => changesOf(null, each))) {
    const known = cells.get(place(cell))
    cells.set(place(cell), { cell, by: (known?.by ?? 0) + by })
  }
  // always in the same order, as in changesOf
  for (const key of [...cells.keys()].sort()) {
    const { cell, by } = cells.get(key) ?? {}
    if (cell && by !== undefined) await addToCell(tx, cell, by, now)
  }
  const rows = counted.filter(isNamed).map(rowOf)
  await addListed(
    tx,
    rows.map((cell) => ({ cell, by: 1 })),
  )
  await insertSignatories(tx, rows)
  await insertOrders(
    tx,
    rows.map((row) => ({ ...row, sortKeys: sortKeysOf(row) })),
  )
}

/** All that the public sees of an endorsement. */
function shownOf(endorsement: Endorsement | null) {
  if (!endorsement || !isCounted(endorsement)) return null
  return { cell: cellOf(endorsement), row: isNamed(endorsement) ? rowOf(endorsement) : null }
}

const place = ({ type, visibility, country }: CellKey) => `${type} ${visibility} ${country}`

/** Always in the same order, so that two who change the same cells never wait for each other. */
function changesOf(before: Endorsement | null, after: Endorsement | null) {
  const changes = [
    ...(before && isCounted(before) ? [{ cell: cellOf(before), by: -1 }] : []),
    ...(after && isCounted(after) ? [{ cell: cellOf(after), by: 1 }] : []),
  ]
  return changes.sort((a, b) => (place(a.cell) < place(b.cell) ? -1 : 1))
}

function listedAs(endorsement: Endorsement | null, by: 1 | -1): { cell: ListedKey; by: number }[] {
  return endorsement && isNamed(endorsement) ? [{ cell: rowOf(endorsement), by }] : []
}

function cellOf(endorsement: Endorsement): CellKey {
  return {
    statement_id: endorsement.statementId,
    type: endorsement.type,
    visibility: endorsement.visibility,
    country: endorsement.country,
  }
}

async function list(tx: Db, endorsement: Endorsement): Promise<void> {
  const row = rowOf(endorsement)
  const first_place = await writeSignatory(tx, row)
  await writeOrder(tx, row, sortKeysOf({ ...row, first_place }))
}

function rowOf(endorsement: Endorsement) {
  const { details, number, confirmedAt, verification } = endorsement
  if (!details || number === null || confirmedAt === null || verification === null) {
    throw new Error('A named endorsement has a name, a number, a verification and a day')
  }
  const { name, acronym, affiliation, role } = details
  return {
    endorsement_id: endorsement.id,
    statement_id: endorsement.statementId,
    number,
    type: endorsement.type,
    name,
    acronym,
    affiliation,
    role,
    country: endorsement.country,
    verification,
    confirmed_on: confirmedAt.slice(0, 10),
    language: endorsement.language,
    late: endorsement.flags.includes('late') ? 1 : 0,
    search_text: foldForSearch([name, acronym, affiliation].filter(Boolean).join(' ')),
  }
}
