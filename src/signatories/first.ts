// Use case: a coordinator puts some entries first, for every language and every file of the list.
// Their sort keys say so; nothing that reads the list has to know.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { lockStatement } from '../statements/find-statement.ts'
import { clearPlaces, type First, givePlace, listFirst, listNumbers } from './first-store.ts'
import { sortKeysOf } from './order.ts'
import { writeOrder } from './order-store.ts'

export { type First, listFirst } from './first-store.ts'

/** Places have two digits in a sort key; and more than a screenful is not first any more. */
export const mostFirst = 50

export type ReadNumbers =
  | { ok: true; numbers: number[] }
  | { ok: false; fault: 'unclear' | 'many' }
  | { ok: false; fault: 'twice'; numbers: number[] }

/** "12, 4, 9": the numbers of entries, in the order in which they shall stand. */
export function readNumbers(typed: string): ReadNumbers {
  const parts = typed.split(/[\s,;،؛]+/u).filter((part) => part !== '')
  if (!parts.every((part) => /^\d{1,9}$/.test(part))) return { ok: false, fault: 'unclear' }
  const numbers = parts.map(Number)
  const twice = numbers.filter((number, at) => numbers.indexOf(number) < at)
  if (twice.length > 0) return { ok: false, fault: 'twice', numbers: [...new Set(twice)] }
  return numbers.length > mostFirst ? { ok: false, fault: 'many' } : { ok: true, numbers }
}

/** Also names what a form was made from. */
export function writtenNumbers(first: Pick<First, 'number'>[]): string {
  return first.map(({ number }) => number).join(', ')
}

export type Chosen =
  { is: 'saved' | 'collided' | 'not-found' } | { is: 'not-listed'; numbers: number[] }

/** @param madeFrom who stood first when the form was made, as writtenNumbers wrote it */
export async function chooseFirst(
  ctx: Pick<Context, 'db' | 'clock'>,
  slug: string,
  numbers: number[],
  madeFrom: string,
  actor: string,
): Promise<Chosen> {
  return retryDeadlocks(() =>
    ctx.db.transaction().execute(async (tx) => {
      const statement = await lockStatement(tx, slug)
      if (!statement) return { is: 'not-found' }
      const before = writtenNumbers(await listFirst(tx, statement.id))
      if (before === numbers.join(', ')) return { is: 'saved' }
      if (before !== madeFrom) return { is: 'collided' }
      const listed = await listNumbers(tx, statement.id, numbers)
      const missing = numbers.filter((number) => !listed.has(number))
      if (missing.length > 0) return { is: 'not-listed', numbers: missing }
      await place(tx, statement.id, numbers)
      const detail = { entries: numbers.length }
      const action = 'first signatories chosen'
      await record(tx, ctx, { actor, action, subject: slug, detail })
      return { is: 'saved' }
    }),
  )
}

async function place(tx: Db, statementId: string, numbers: number[]): Promise<void> {
  const moved = new Map<string, First>()
  for (const row of await clearPlaces(tx, statementId)) moved.set(row.endorsement_id, row)
  for (const [index, number] of numbers.entries()) {
    const row = await givePlace(tx, statementId, number, index + 1)
    if (row) moved.set(row.endorsement_id, row)
  }
  for (const row of moved.values()) await writeOrder(tx, row, sortKeysOf(row))
}
