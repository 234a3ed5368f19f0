// What became of a statement, for everyone: handed over, acknowledged, answered, in its order.
import type { Context } from '../context.ts'
import type { Formats } from '../languages/formats.ts'
import { inLanguage } from '../statements/stored-statement.ts'
import type { Delivery } from './delivery.ts'
import { listDeliveries } from './delivery-store.ts'

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
}

export async function timelineOf(
  { db }: Pick<Context, 'db'>,
  statementId: string,
  format: Formats,
): Promise<TimelineEntry[]> {
  const deliveries = await listDeliveries(db, statementId)
  return deliveries.map(({ id, kind, happenedOn, who, how, note, link, language }) => ({
    id,
    kind,
    on: happenedOn,
    day: format.preciseDate(happenedOn),
    who: inLanguage(who, language),
    how: inLanguage(how, language),
    note: inLanguage(note, language),
    link,
  }))
}
