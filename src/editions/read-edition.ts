// Reading a frozen list, for every feature that hands it on.
import type { Db } from '../db/schema.ts'
import type { Entry } from '../signatories/files.ts'
import { collationOf } from '../text/collation.ts'
import type { Edition } from './edition.ts'
import { findEditionById } from './edition-store.ts'
import { readEntries } from './entry-store.ts'

/** Organisations, then individuals, in the order of a language; in parts, so that memory stays constant. */
export function entriesIn(db: Db, { id }: Edition, language: string): AsyncGenerator<Entry[]> {
  return readEntries(db, id, collationOf(language))
}

/** false: names were taken out of it since it was read */
export async function isAsIssued(db: Db, { id, revision }: Edition): Promise<boolean> {
  return (await findEditionById(db, id))?.revision === revision
}
