// What waits on a statement because it was reported, for those who decide.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { ReportReason } from './report.ts'
import { countReported, listReportedIds, listReportsOf } from './report-store.ts'

/** The queue shows no more at a time; the others come up as those are decided. */
const mostReported = 500

export interface Report {
  /** counted from the first one of this entry */
  nth: number
  reason: ReportReason
  /** null without any */
  words: string | null
  at: string
}

/** Entries that count, and somebody says that they should not. */
export async function countReportedAndCounted(db: Db, statementId: string): Promise<number> {
  return countReported(db, statementId, 'confirmed')
}

export async function reportedIds(db: Db, statementId: string): Promise<string[]> {
  return listReportedIds(db, statementId, ['confirmed'], mostReported)
}

/** The reports that wait, by entry, the newest first. */
export async function waitingReportsOf(
  ctx: Pick<Context, 'db' | 'vault'>,
  endorsementIds: string[],
): Promise<Map<string, Report[]>> {
  const rows = await listReportsOf(ctx.db, endorsementIds, 'waiting')
  const byEntry = Map.groupBy(rows, ({ endorsement_id }) => endorsement_id ?? '')
  return new Map([...byEntry].map(([id, all]) => [id, all.map((row) => opened(ctx, row))]))
}

/** All reports of one entry, for the person it is about: not in the words of whoever reported it. */
export async function reportsOf({ db }: Pick<Context, 'db'>, endorsementId: string) {
  const rows = await listReportsOf(db, [endorsementId], 'all')
  return rows.map(({ reason, reported_at: at, settled_at }) => ({ reason, at, settled_at }))
}

function opened(
  { vault }: Pick<Context, 'vault'>,
  row: Awaited<ReturnType<typeof listReportsOf>>[number],
): Report {
  const { id, nth, reason, words_sealed: sealed, reported_at: at } = row
  return { nth, reason, words: sealed === '' ? null : vault.open('report', id, sealed), at }
}
