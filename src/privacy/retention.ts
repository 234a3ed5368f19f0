// What is deleted by itself (product.md P-9); each feature knows when its own things have served.
import { record } from '../audit/audit.ts'
import { forgetLinks } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import { expire } from '../endorsements/expire.ts'
import {
  areConfidentialOver,
  areContactsOver,
  countContacts,
  type Forgotten,
  forgetContacts,
} from '../endorsements/forget-contacts.ts'
import { forgetDrafts } from '../imports/drafts.ts'
import { forgetEvidence, forgetHashes } from '../imports/subject-imports.ts'
import { forgetCriteria } from '../invalidations/subject-criteria.ts'
import { forgetInvitations } from '../invitations/forget-invitations.ts'
import { forgetMail } from '../mail/forget.ts'
import { forgetReports } from '../reports/forget-reports.ts'
import { forgetNotes } from '../review/subject-reviews.ts'
import { listTimes } from '../statements/find-statement.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'vault' | 'random' | 'log'>

type Expired = Awaited<ReturnType<typeof deleteExpired>>
/** How many of each. */
export type Pruned = Expired & Forgotten

/** Deletes what is due. Numbers of what was deleted go to the log and the audit log, never names. */
export async function prune(ctx: Needs, actor = 'system'): Promise<Pruned> {
  const { db, clock, config, log } = ctx
  const expired = await db.transaction().execute(async (tx) => {
    const deleted = await deleteExpired(tx, clock.now())
    const detail = aboutEndorsers(deleted)
    const isAny = Object.keys(detail).length > 0
    if (isAny) await record(tx, ctx, { actor, action: 'pruned', subject: 'site', detail })
    return deleted
  })
  const pruned = { ...expired, ...(await forgetContacts(ctx, actor)) }
  const deleted = withoutZeros(pruned)
  if (Object.keys(deleted).length > 0) log.info({ deleted }, 'retention')
  await scrub(db, config.database.kind)
  return pruned
}

/** What prune would delete now: it is really done, and taken back. */
export async function countPrunable({ db, clock }: Pick<Needs, 'db' | 'clock'>): Promise<Pruned> {
  const contacts = await countContacts({ db, clock })
  const taken = new TakenBack()
  await db
    .transaction()
    .execute(async (tx) => {
      taken.counted = await deleteExpired(tx, clock.now())
      throw taken
    })
    .catch((fault: unknown) => {
      if (fault !== taken) throw fault
    })
  if (taken.counted === null) throw new Error('Nothing was counted')
  return { ...taken.counted, ...contacts }
}

class TakenBack extends Error {
  counted: Expired | null = null
}

async function deleteExpired(tx: Db, now: Date) {
  return {
    ...(await expire(tx, now)),
    links: await forgetLinks(tx, now),
    ...(await forgetDrafts(tx, now)),
    ...(await forgetMail(tx, now)),
    invitations: await forgetInvitations(tx, now),
    ...(await forgetWords(tx, now)),
    brought: await forgetBrought(tx, now),
  }
}

/** Whom the lists named, as hashes: together with those of confidential endorsements. */
async function forgetBrought(tx: Db, now: Date): Promise<number> {
  const over = (await listTimes(tx)).filter((times) => areConfidentialOver(times, now))
  return forgetHashes(
    tx,
    over.map(({ id }) => id),
  )
}

/** What was written in somebody's own words about people (product.md P-9). */
async function forgetWords(tx: Db, now: Date) {
  const over = (await listTimes(tx)).filter((times) => areContactsOver(times, now))
  const ids = over.map(({ id }) => id)
  const evidence = await forgetEvidence(tx, ids)
  const words = evidence + (await forgetNotes(tx, ids)) + (await forgetCriteria(tx, ids))
  return { words, ...(await forgetReports(tx, now, ids)) }
}

/** Links and counters of mails go all the time; that is for the log, not for the audit log. */
function aboutEndorsers({
  pending,
  suppressions,
  invitations,
  words,
}: Expired): Record<string, number> {
  return withoutZeros({ pending, suppressions, invitations, words })
}

function withoutZeros(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))
}
