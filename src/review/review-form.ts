// Untrusted input → a verdict on the ticked entries, or faults by field.
import type { Fields } from '../http/fields.ts'
import type { MessageKey } from '../languages/languages.ts'
import { isDecision, isReason } from './decision.ts'
import type { Picked, Verdict } from './decide.ts'

/** What was typed, so that nothing is lost when the page comes back. */
export interface ReviewValues {
  decision: string
  reason: string
  note: string
  answer: string
  tell: string
}

export interface ReviewFault {
  field: 'decision' | 'reason' | 'note' | 'picked'
  message: MessageKey
}

const longestNote = 2000

const words = (text: string) => text.trim().slice(0, longestNote)

export function readReviewValues(typed: Fields): ReviewValues {
  const { decision = '', reason = '', note = '', answer = '', tell = '' } = typed
  return { decision, reason, note: words(note), answer: words(answer), tell }
}

/** The ticked entries, with the revision at which each was shown, and the last report of it, if any: `3.1`. */
export function readPicked(typed: Fields): Picked[] {
  return Object.entries(typed).flatMap(([name, value]) => {
    const id = /^pick-(.+)$/.exec(name)?.[1]
    const [, revision, reports] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(value ?? '') ?? []
    return id === undefined || revision === undefined
      ? []
      : [{ id, revision: Number(revision), reports: Number(reports ?? 0) }]
  })
}

export function readVerdict(
  { decision, reason, note, answer, tell }: ReviewValues,
  picked: Picked[],
): { ok: true; verdict: Verdict } | { ok: false; faults: ReviewFault[] } {
  const faults: ReviewFault[] = []
  const needsReason = decision === 'held' || decision === 'rejected'
  if (picked.length === 0) faults.push({ field: 'picked', message: 'desk.review.fault.none' })
  if (needsReason && !isReason(reason)) {
    faults.push({ field: 'reason', message: 'desk.review.fault.reason' })
  }
  const needsNote = decision === 'verified' || (needsReason && reason === 'other')
  if (needsNote && note === '') faults.push({ field: 'note', message: 'desk.review.fault.note' })
  if (!isDecision(decision)) {
    return {
      ok: false,
      faults: [...faults, { field: 'decision', message: 'desk.review.fault.decision' }],
    }
  }
  if (faults.length > 0) return { ok: false, faults }
  const chosen = needsReason && isReason(reason) ? reason : null
  return { ok: true, verdict: { decision, reason: chosen, note, answer, tell: tell === 'yes' } }
}
