// What became of a statement, for everyone: handed over, acknowledged, answered, in its order.
import type { Context } from '../context.ts'
import type { Formats } from '../languages/formats.ts'
import type { Paths } from '../paths.ts'
import { inLanguage, type Statement } from '../statements/stored-statement.ts'
import type { Delivery } from './delivery.ts'
import { listDeliveries } from './delivery-store.ts'
import { listFiles } from './file-store.ts'

export interface TimelineEntry {
  id: string
  kind: Delivery['kind']
  /** for `<time datetime>`: as precise as it was given (product.md F-A) */
  on: string
  day: string
  who: ReturnType<typeof inLanguage>
  how: ReturnType<typeof inLanguage>
  note: ReturnType<typeof inLanguage>
  link: string
  files: { id: string; href: string; name: string; kilobytes: number }[]
}

export async function timelineOf(
  { db }: Pick<Context, 'db'>,
  { id, slug }: Pick<Statement, 'id' | 'slug'>,
  format: Formats,
  paths: Paths,
): Promise<TimelineEntry[]> {
  const files = Map.groupBy(await listFiles(db, id), (file) => file.delivery_id)
  const deliveries = await listDeliveries(db, id)
  return deliveries.map(({ id: entry, kind, happenedOn, who, how, note, link, language }) => ({
    id: entry,
    kind,
    on: happenedOn,
    day: format.preciseDate(happenedOn),
    who: inLanguage(who, language),
    how: inLanguage(how, language),
    note: inLanguage(note, language),
    link,
    files: (files.get(entry) ?? []).map(({ id: file, name, bytes }) => ({
      id: file,
      href: paths.deliveryFile(slug, file),
      name,
      kilobytes: Math.ceil(bytes / 1000),
    })),
  }))
}
