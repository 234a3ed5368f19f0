// What lists that were brought hold about one mailbox, and when what coordinators wrote about them goes.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { listSheets, takeDraft } from './draft-store.ts'
import { forgetEvidenceOf, forgetHashesOf, listBatchesOf } from './import-store.ts'
import type { Sheet } from './sheet.ts'

type Needs = Pick<Context, 'db' | 'vault'>

export {
  forgetEvidenceOf as forgetEvidence,
  forgetHashesOf as forgetHashes,
  listBatchesOf as batchesOf,
}

/** Ids of the sheets that wait and have this mailbox in a cell, in any spelling. */
export async function sheetsNaming({ db, vault }: Needs, canonical: string): Promise<string[]> {
  const sheets = await listSheets(db, vault)
  return sheets.filter(({ sheet }) => isNamedIn(sheet, canonical)).map(({ id }) => id)
}

function isNamedIn({ headings, rows }: Sheet, canonical: string): boolean {
  return [headings, ...rows.map(({ cells }) => cells)].flat().some((cell) => {
    const address = cell.includes('@') ? parseEmailAddress(cell.trim()) : null
    return address?.ok === true && address.value.canonical === canonical
  })
}

/** The whole sheet: its coordinator can bring it again without them. */
export async function deleteSheets(tx: Db, ids: string[]): Promise<void> {
  for (const id of ids) await takeDraft(tx, id)
}
