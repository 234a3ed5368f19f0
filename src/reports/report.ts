// What can be wrong with an entry, and what whoever reported it is told. Pure.

export const reportReasons = [
  'not-this-organisation',
  'no-consent',
  'misleading-name',
  'other',
] as const
export type ReportReason = (typeof reportReasons)[number]

export function isReportReason(text: string): text is ReportReason {
  return (reportReasons as readonly string[]).includes(text)
}

export type Outcome = 'waiting' | 'kept' | 'changed' | 'removed'

/**
 * Made of what the public list shows, and of whether somebody decided: so it tells nothing about who
 * left the list, or was taken off it.
 */
export function outcomeOf(report: {
  isListed: boolean
  isSettled: boolean
  /** the list shows it otherwise than when it was reported */
  isChanged: boolean
}): Outcome {
  if (!report.isListed) return 'removed'
  if (report.isSettled) return 'kept'
  return report.isChanged ? 'changed' : 'waiting'
}

/** A report is kept so long after a decision. */
export const settledDays = 30
/** And so long without one. */
export const unsettledDays = 180
