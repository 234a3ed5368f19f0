// A name that was rejected after a report does not come back to the statement without a coordinator,
// whoever signs with it; also not in letters that only look the same.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import { foldForSearch } from '../text/fold.ts'
import { strictSkeleton } from '../text/look-alikes.ts'
import { hasRemovedName } from './report-store.ts'

/** A name of signs only has no skeleton. */
export function nameHashOf(vault: Vault, statementId: string, name: string): string {
  return vault.hash('name', statementId, strictSkeleton(name) || foldForSearch(name))
}

export async function isRemovedName(
  db: Db,
  { vault }: Pick<Context, 'vault'>,
  statementId: string,
  name: string,
): Promise<boolean> {
  return hasRemovedName(db, nameHashOf(vault, statementId, name))
}
