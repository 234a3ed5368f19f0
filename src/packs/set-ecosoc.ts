// Use case: coordinators note which organisations have consultative status with ECOSOC.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { holdStatement } from '../editions/redact.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { EcosocStatus } from './ecosoc.ts'
import { changeStatus } from './ecosoc-store.ts'

export { findStatus as ecosocStatusOf } from './ecosoc-store.ts'

export interface EcosocChange {
  /** of the entry on the list */
  number: number
  /** what was shown */
  was: EcosocStatus | null
  status: EcosocStatus | null
}

/** @returns the numbers of those that somebody else has changed, or that left the list, meanwhile */
export async function setEcosoc(
  ctx: Pick<Context, 'db' | 'clock'>,
  { id, slug }: Pick<Statement, 'id' | 'slug'>,
  changes: readonly EcosocChange[],
  actor: string,
): Promise<number[]> {
  return ctx.db.transaction().execute(async (tx) => {
    // nobody leaves the list, and no other coordinator changes anything, until this is done
    await holdStatement(tx, id)
    const missed = []
    for (const change of changes) {
      if (!(await changeStatus(tx, id, change.number, change))) missed.push(change.number)
    }
    const n = changes.length - missed.length
    const entry = {
      actor,
      action: 'consultative status noted',
      subject: slug,
      detail: { n },
    } as const
    if (n > 0) await record(tx, ctx, entry)
    return missed
  })
}
