// Who may sign once (product.md R2): a mailbox in a capacity, seen only as keyed hashes that are
// different for every statement, so that nobody can be followed from one to the next.
import type { Vault } from '../privacy/vault.ts'
import { foldForSearch } from '../text/fold.ts'
import type { EndorserType } from './endorsement.ts'

export interface Capacity {
  statementId: string
  type: EndorserType
  /** the mailbox in canonical form */
  canonical: string
  name: string
}

export function addressHashOf(vault: Vault, statementId: string, canonical: string): string {
  return vault.hash('address', statementId, canonical)
}

export function capacityHashOf(
  vault: Vault,
  { statementId, type, name }: Omit<Capacity, 'canonical'>,
  addressHash: string,
): string {
  const capacity = type === 'individual' ? 'individual' : `organisation\0${foldForSearch(name)}`
  return vault.hash('capacity', statementId, `${addressHash}\0${capacity}`)
}
