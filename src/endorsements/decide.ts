// Use cases for the desk: a coordinator's decision changes the state or the verification of an
// endorsement, and list and counts with it. Nothing here can show a name (product.md P-2).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { publish } from '../signatories/publish.ts'
import type { Endorsement, EndorsementState, Verification } from './endorsement.ts'
import { changeIfUnchanged } from './endorsement-store.ts'
import { numbered } from './numbers.ts'

export { findAddress as addressOf } from './endorsement-store.ts'
export {
  listByIds,
  listByState,
  listNames,
  listOrganisationRevisions,
  lockOne,
  type WithAddress,
} from './desk-store.ts'

/** @returns the endorsement as it is now, null when somebody was faster */
export async function decideOn(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  read: Endorsement,
  change: { state: EndorsementState; verification: Verification | null },
): Promise<Endorsement | null> {
  if (!(await changeIfUnchanged(tx, read, change))) return null
  const after = { ...read, ...change, revision: read.revision + 1 }
  const told = await numbered(tx, after)
  await publish(tx, ctx, read, told)
  return told
}
