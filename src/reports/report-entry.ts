// Use case: somebody, of whom nothing is known or kept, reports an entry of the public list.
import type { Context } from '../context.ts'
import { lockOne } from '../endorsements/decide.ts'
import type { Vault } from '../privacy/vault.ts'
import { findListed, type SignatoryRow } from '../signatories/find-listed.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { toTheMinute } from '../text/minutes.ts'
import type { TypedReport } from './report-form.ts'
import { countReportsOf, insertReport } from './report-store.ts'

/** So many waiting reports of one entry keep their words; of more, coordinators learn the reasons. */
const mostWithWords = 50

/** @returns the token of the link to the outcome, null when the entry is no longer on the list */
export async function reportEntry(
  ctx: Context,
  { id: statementId }: Statement,
  number: number,
  { reason, words, isTrapped }: TypedReport,
): Promise<string | null> {
  const id = ctx.random.id()
  const token = ctx.vault.tokenFrom(`report\0${id}`)
  return ctx.db.transaction().execute(async (tx) => {
    const entry = await findListed(tx, statementId, number)
    // so that it is not erased before the report of it is written, and no other gets the same place
    if (!entry || !(await lockOne(tx, ctx.vault, statementId, entry.endorsement_id))) return null
    const endorsement_id = entry.endorsement_id
    const { last, withWords } = await countReportsOf(tx, endorsement_id)
    const hasRoom = withWords < mostWithWords
    await insertReport(tx, {
      id,
      token_hash: tokenHashOf(ctx.vault, token),
      statement_id: statementId,
      endorsement_id,
      nth: last + 1,
      number,
      reason,
      words_sealed: words !== '' && hasRoom ? ctx.vault.seal('report', id, words) : '',
      shown_hash: shownHashOf(ctx.vault, entry),
      suspect: isTrapped ? 1 : 0,
      reported_at: toTheMinute(ctx.clock.now()),
      settled_at: null,
      review_id: null,
      answer_sealed: '',
    })
    return token
  })
}

export function tokenHashOf(vault: Vault, token: string): string {
  return vault.hash('token', 'report', token)
}

/** Of what a reader of the list sees. */
export function shownHashOf(vault: Vault, row: SignatoryRow): string {
  const { statement_id, name, acronym, affiliation, role, country } = row
  const shown = JSON.stringify([name, acronym, affiliation, role, country])
  return vault.hash('shown', statement_id, `report\0${shown}`)
}
