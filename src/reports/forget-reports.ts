// What of reports has served (product.md P-9).
import type { Db } from '../db/schema.ts'
import { settledDays, unsettledDays } from './report.ts'
import { deleteRemovedNamesOn, deleteReportsBefore } from './report-store.ts'

const dayMs = 86_400_000

/** @param over statements on which nothing that may lead to a person is kept any more */
export async function forgetReports(
  tx: Db,
  now: Date,
  over: string[],
): Promise<{ reports: number; removedNames: number }> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs).toISOString()
  const before = { settled: daysAgo(settledDays), reported: daysAgo(unsettledDays) }
  return {
    reports: await deleteReportsBefore(tx, before),
    removedNames: await deleteRemovedNamesOn(tx, over),
  }
}
