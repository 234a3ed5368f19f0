// What JSON says before the entries.
import { numbersOf } from '../signatories/files.ts'
import type { ListDocument } from './list-document.ts'

export function headOf({ head, edition, url, counts }: ListDocument) {
  return {
    statement: head,
    ...(edition === null ? {} : { edition: editionOf(edition, url) }),
    ...numbersOf(counts),
  }
}

function editionOf(
  { number, reason, madeAt, removed }: NonNullable<ListDocument['edition']>,
  url: string,
) {
  return { number, reason, made_at: madeAt, url, removed_since: removed }
}
