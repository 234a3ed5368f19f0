// Use cases around a list that is brought: who is there already, and taking a batch back.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import { forgetReportsOf } from '../reports/settle.ts'
import { publish } from '../signatories/publish.ts'
import type { Named } from '../text/similar-names.ts'
import {
  deleteUntouched,
  findByMailboxes,
  type OrganisationRow,
  readOrganisations,
} from './brought-store.ts'
import type { Details } from './endorsement.ts'
import { findEndorsement, listSuppressed } from './endorsement-store.ts'
import { domainOf } from './domain.ts'

/** Which mailbox, and in which capacity (see hashesOf). */
export interface Hashes {
  address: string
  capacity: string
}

/** @returns hashes: those whose mailbox signed in this capacity, and mailboxes for which nobody else may speak */
export async function whoIsThere(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  hashes: Hashes[],
): Promise<{ signed: Set<string>; suppressed: Set<string> }> {
  const addresses = hashes.map(({ address }) => address)
  const found = await findByMailboxes(db, addresses)
  // nobody is told of confidential ones
  const told = found.filter(({ visibility }) => visibility !== 'confidential')
  return {
    signed: new Set(told.map(({ capacity_hash }) => capacity_hash)),
    suppressed: await listSuppressed(db, addresses, clock.now().toISOString()),
  }
}

/** The organisations on a statement, some hundred at a time: of many, not all are held in memory. */
export async function* readNamed(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  statementId: string,
): AsyncGenerator<Named[]> {
  for await (const rows of readOrganisations(db, statementId)) {
    yield rows.map((row) => namedOf(row, vault))
  }
}

function namedOf(row: OrganisationRow, vault: Vault): Named {
  const { address_hash: bound, address_sealed: sealed, country } = row
  const { name, acronym, website } = JSON.parse(
    vault.open('details', bound, row.details_sealed),
  ) as Details
  const addressOf = () => (sealed === '' ? null : vault.open('address', bound, sealed))
  return {
    name,
    acronym,
    country,
    get domain() {
      return domainOf(addressOf(), website)
    },
  }
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
