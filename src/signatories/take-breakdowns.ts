// Use case: once nobody can confirm any more, it is decided for good what is told of hidden endorsers
// by country (product.md P-11). While people sign, every new number could be tied to who just came.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { countNeverListed } from '../endorsements/never-listed.ts'
import { findStatementById, listTimes } from '../statements/find-statement.ts'
import { mayConfirm, type Statement, statusAt, type Times } from '../statements/stored-statement.ts'
import { tellable } from './breakdown.ts'
import { listBrokenDown, writeBreakdown } from './breakdown-store.ts'
import { countsOf } from './counts.ts'
import { touchCells } from './tally-store.ts'

export async function takeBreakdowns({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  const taken = await listBrokenDown(db)
  const due = (await listTimes(db)).filter(({ id }) => !taken.has(id))
  for (const { id } of due.filter((times) => isOver(times, now))) {
    const statement = await findStatementById(db, id)
    if (statement) await take(db, statement, now)
  }
}

function isOver(times: Times, now: Date): boolean {
  const status = statusAt(times, now)
  const wasOpen = status === 'closed' || status === 'delivered' || status === 'archived'
  return wasOpen && !mayConfirm(times, now)
}

async function take(db: Db, statement: Statement, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const told = statement.discreet ? [] : await tellableOf(tx, statement)
    await writeBreakdown(tx, {
      statement_id: statement.id,
      taken_at: now.toISOString(),
      told: JSON.stringify(told),
    })
    await touchCells(tx, statement.id)
  })
}

/** Whoever was listed once is known to those who kept the list, and would hide nobody else. */
async function tellableOf(tx: Db, statement: Statement) {
  const { countries } = await countsOf(tx, statement)
  return tellable(await countNeverListed(tx, statement.id), countries)
}
