// What is deleted by itself (product.md P-9); each feature knows when its own things have served.
import { forgetLinks } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { expire } from '../endorsements/expire.ts'
import { forgetMail } from '../mail/forget.ts'

/** @returns how many of each were deleted */
export async function prune({
  db,
  clock,
  config,
}: Pick<Context, 'db' | 'clock' | 'config'>): Promise<Record<string, number>> {
  const now = clock.now()
  const deleted = await db.transaction().execute(async (tx) => ({
    ...(await expire(tx, now)),
    links: await forgetLinks(tx, now),
    ...(await forgetMail(tx, now)),
  }))
  await scrub(db, config.database.kind)
  return deleted
}
