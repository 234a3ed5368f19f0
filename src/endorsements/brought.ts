// Use cases around a list that is brought: who is there already, and taking a batch back.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { openTurns } from '../db/turns.ts'
import type { Vault } from '../privacy/vault.ts'
import { forgetReportsOf } from '../reports/settle.ts'
import { publish } from '../signatories/publish.ts'
import type { Named } from '../text/similar-names.ts'
import {
  deleteUntouched,
  listAllSuppressed,
  listCapacities,
  listOrganisations,
} from './brought-store.ts'
import type { Details } from './endorsement.ts'
import { findEndorsement } from './endorsement-store.ts'
import { domainOf } from './domain.ts'

export interface Known {
  /** hashes of mailbox and capacity; not of confidential ones, so that nobody is told of them */
  capacities: Set<string>
  /** hashes of mailboxes for which nobody else may speak */
  suppressed: Set<string>
  organisations: Named[]
}

export async function listKnown(
  { db, vault, clock }: Pick<Context, 'db' | 'vault' | 'clock'>,
  statementId: string,
): Promise<Known> {
  const turn = openTurns()
  const organisations: Named[] = []
  for (const row of await listOrganisations(db, statementId)) {
    await turn()
    organisations.push(namedOf(row, vault))
  }
  return {
    capacities: await listCapacities(db, statementId),
    suppressed: await listAllSuppressed(db, clock.now().toISOString()),
    organisations,
  }
}

function namedOf(row: Awaited<ReturnType<typeof listOrganisations>>[number], vault: Vault): Named {
  const { address_hash: bound, address_sealed: sealed, country } = row
  const { name, acronym, website } = JSON.parse(
    vault.open('details', bound, row.details_sealed),
  ) as Details
  const address = sealed === '' ? null : vault.open('address', bound, sealed)
  return { name, acronym, country, domain: domainOf(address, website) }
}

/** Deletes what was brought, unless its owner or somebody else has touched it since. */
export async function takeBack(tx: Db, ctx: Context, id: string): Promise<boolean> {
  const endorsement = await findEndorsement(tx, ctx.vault, id)
  if (endorsement?.revision !== 0) return false
  await forgetReportsOf(tx, ctx, endorsement)
  if (!(await deleteUntouched(tx, endorsement))) return false
  await publish(tx, ctx, endorsement, null, 'taken-back')
  return true
}
