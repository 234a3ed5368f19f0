// Rows of endorsements as somebody reads them who has the database and the key.
import type { Context } from '../../src/context.ts'
import type { Details } from '../../src/endorsements/endorsement.ts'
import type { EndorsementRow } from '../../src/endorsements/endorsement-store.ts'

export interface OpenedRow extends EndorsementRow {
  /** null when there is none, not even sealed */
  address: string | null
  details: Details | null
}

/** In the order in which they were signed. */
export async function openedRows({ db, vault }: Context): Promise<OpenedRow[]> {
  const rows = await db.selectFrom('endorsements').selectAll().orderBy('signed_at').execute()
  const opened = (purpose: 'address' | 'details', row: EndorsementRow, sealed: string) =>
    sealed === '' ? null : vault.open(purpose, row.address_hash, sealed)
  return rows.map((row) => {
    const details = opened('details', row, row.details_sealed)
    return {
      ...row,
      address: opened('address', row, row.address_sealed),
      details: details === null ? null : (JSON.parse(details) as Details),
    }
  })
}
