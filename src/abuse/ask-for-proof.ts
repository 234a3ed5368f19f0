// Use case: a statement that is under attack asks visitors with JavaScript for a proof of work.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { setProofOfWork } from '../statements/change-statement.ts'
import { findStatement } from '../statements/find-statement.ts'

export async function askForProof(
  ctx: Pick<Context, 'db' | 'clock'>,
  slug: string,
  isOn: boolean,
  actor: string,
): Promise<'changed' | 'unchanged' | 'not-found'> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await findStatement(tx, slug)
    if (!statement) return 'not-found'
    if (statement.proofOfWork === isOn) return 'unchanged'
    await setProofOfWork(tx, ctx, statement, isOn)
    const action = 'proof of work changed'
    await record(tx, ctx, { actor, action, subject: slug, detail: { on: isOn } })
    return 'changed'
  })
}
