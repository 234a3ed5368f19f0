// An edition as a document: what its files are made from. The same edition gives the same bytes.
import type { Context } from '../context.ts'
import type { ListDocument } from '../documents/list-document.ts'
import { pathsUnder } from '../paths.ts'
import { noFilters } from '../signatories/list.ts'
import { inLanguage } from '../statements/stored-statement.ts'
import { collationOf } from '../text/collation.ts'
import type { Edition } from './edition.ts'
import { countRemoved } from './correction-store.ts'
import { readEntries } from './entry-store.ts'

/** @param language one of the interface */
export async function editionDocument(
  { db, config }: Pick<Context, 'db' | 'config'>,
  edition: Edition,
  language: string,
): Promise<ListDocument> {
  const head = edition.heads[language]
  if (!head) throw new Error(`Edition ${edition.id} has nothing in ${language}`)
  const { id, number, reason, madeAt, counts } = edition
  const prefix = language === config.defaultLanguage ? '' : `/${language}`
  const removed = (await countRemoved(db, [id])).get(id) ?? 0
  return {
    head,
    title: inLanguage(head.title, head.language),
    language,
    filters: noFilters,
    counts,
    edition: { number, reason, madeAt, removed },
    // where it is kept for good
    url: pathsUnder(config.baseUrl, prefix).edition(head.slug, number),
    rows: readEntries(db, id, collationOf(language)),
  }
}
