// What became of a report, for whoever has its link.
import type { Context } from '../context.ts'
import { findListed } from '../signatories/find-listed.ts'
import { findStatementById } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type Outcome, outcomeOf } from './report.ts'
import { shownHashOf, tokenHashOf } from './report-entry.ts'
import { findByToken } from './report-store.ts'

export interface FoundReport {
  statement: Statement
  /** of the entry, on the list */
  number: number
  outcome: Outcome
  /** what the coordinators say to it; null when nothing */
  answer: string | null
}

/** null for a link that is unknown, or over. */
export async function findReport(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  token: string,
): Promise<FoundReport | null> {
  const row = await findByToken(db, tokenHashOf(vault, token))
  const statement = row && (await findStatementById(db, row.statement_id))
  if (!row || !statement) return null
  const listed = await findListed(db, statement.id, row.number)
  const outcome = outcomeOf({
    isListed: listed !== null,
    isSettled: row.settled_at !== null,
    isChanged: listed !== null && shownHashOf(vault, listed) !== row.shown_hash,
  })
  const { id, number, answer_sealed: sealed } = row
  const answer = sealed === '' ? null : vault.open('report', id, sealed)
  return { statement, number, outcome, answer }
}
