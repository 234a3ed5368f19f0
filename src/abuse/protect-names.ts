// Use case: which names wait for a coordinator, for one statement or for the whole site.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { setProtectedNames } from '../statements/change-statement.ts'
import { findStatement, lockStatement } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { strictSkeleton } from '../text/look-alikes.ts'
import { type Entry, isProtectedName } from './protected.ts'
import { lockSiteNames, readSiteNames, writeSiteNames } from './protected-store.ts'

/** Whether an entry uses a name that is protected on this statement, or looks like one. */
export async function mayImpersonate(db: Db, statement: Statement, entry: Entry): Promise<boolean> {
  return isProtectedName(entry, [...(await readSiteNames(db)), ...statement.protectedNames])
}

/** null: the whole site */
type Where = string | null

/** @returns the names after the change, null when there is no such statement */
export async function changeProtectedNames(
  ctx: Pick<Context, 'db' | 'clock'>,
  where: Where,
  { add, remove }: { add: string[]; remove: string[] },
  actor: string,
): Promise<string[] | null> {
  return ctx.db.transaction().execute(async (tx) => {
    const place = await lockPlace(tx, ctx, where)
    if (!place) return null
    const names = changed(place.names, add, remove)
    await place.write(names)
    const detail = { added: add.length, removed: remove.length, names: names.length }
    const subject = where ?? 'site'
    await record(tx, ctx, { actor, action: 'protected names changed', subject, detail })
    return names
  })
}

export async function listProtectedNames(
  ctx: Pick<Context, 'db'>,
  where: Where,
): Promise<string[] | null> {
  if (where === null) return readSiteNames(ctx.db)
  return (await findStatement(ctx.db, where))?.protectedNames ?? null
}

async function lockPlace(tx: Db, ctx: Pick<Context, 'clock'>, where: Where) {
  if (where === null) {
    return {
      names: await lockSiteNames(tx),
      write: (names: string[]) => writeSiteNames(tx, names),
    }
  }
  const statement = await lockStatement(tx, where)
  return (
    statement && {
      names: statement.protectedNames,
      write: (names: string[]) => setProtectedNames(tx, ctx, statement, names),
    }
  )
}

/** What looks alike is there once. */
function changed(before: string[], add: string[], remove: string[]): string[] {
  const removed = new Set(remove.map(strictSkeleton))
  const kept = [...before, ...add].filter((name) => !removed.has(strictSkeleton(name)))
  return [...new Map(kept.map((name) => [strictSkeleton(name), name])).values()].sort()
}
