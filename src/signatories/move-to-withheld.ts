// Takes many entries off the list at once and keeps the counts exact.
import type { Context } from '../context.ts'
import { dropNameIndex } from '../db/name-index-tables.ts'
import type { Db } from '../db/schema.ts'
import { redact } from '../editions/redact.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { NamesHidden } from '../statements/tables.ts'
import { recountListed } from './listed-store.ts'
import { deleteUnlisted } from './signatory-store.ts'
import { addToCell } from './tally-store.ts'

export interface Hidden {
  type: EndorserType
  country: string
  isCounted: boolean
}

export async function moveToWithheld(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  statementId: string,
  whose: NamesHidden,
  hidden: Hidden[],
): Promise<void> {
  const unlisted = whose === 'individuals' ? 'individual' : null
  await dropNameIndex(tx)
  await deleteUnlisted(tx, statementId, unlisted)
  await recountListed(tx, statementId)
  await redact(tx, { clock }, { statementId, unlisted }, 'hidden')
  const now = clock.now().toISOString()
  const counted = hidden.filter((each) => each.isCounted)
  const cells = Map.groupBy(counted, ({ type, country }) => `${type} ${country}`)
  for (const key of [...cells.keys()].sort()) {
    const [first, ...others] = cells.get(key) ?? []
    if (!first) continue
    const cell = { statement_id: statementId, type: first.type, country: first.country }
    const n = others.length + 1
    await addToCell(tx, { ...cell, visibility: 'listed' }, -n, now)
    await addToCell(tx, { ...cell, visibility: 'withheld' }, n, now)
  }
}
