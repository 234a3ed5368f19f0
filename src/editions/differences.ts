// What is different between two editions. Of those who left only how many.
import type { Db } from '../db/schema.ts'
import type { Edition } from './edition.ts'
import { countOnlyIn, listAdded, listRenamed } from './difference-store.ts'

/** as many names as a page can show */
const most = 100

export interface Difference {
  from: number
  added: number
  removed: number
  /** the first of them who are still named */
  addedNames: { number: number; name: string }[]
  renamed: { number: number; before: string; after: string }[]
}

export async function differenceOf(db: Db, from: Edition, to: Edition): Promise<Difference> {
  const added = await listAdded(db, from.id, to.id, most)
  const renamed = await listRenamed(db, from.id, to.id, most)
  return {
    from: from.number,
    added: await countOnlyIn(db, to.id, from.id),
    removed: await countOnlyIn(db, from.id, to.id),
    addedNames: added.flatMap(({ number, name }) => (name === null ? [] : [{ number, name }])),
    renamed: renamed.flatMap(({ number, before, after }) =>
      before === null || after === null ? [] : [{ number, before, after }],
    ),
  }
}
