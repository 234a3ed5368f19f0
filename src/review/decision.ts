// What a coordinator can decide on an endorsement, and what it makes of it. Pure.
import type { EndorsementState, Verification } from '../endorsements/endorsement.ts'

export const decisions = ['approved', 'held', 'rejected', 'verified'] as const
export type Decision = (typeof decisions)[number]

/** What is kept about an endorsement: also what was decided on it together with others. */
export type Kept = Decision | 'merged' | 'invalidated'

/** Why somebody is held or rejected; the endorser may be told. */
export const reasons = [
  'not-authorised',
  'not-eligible',
  'not-found',
  'duplicate',
  'not-genuine',
  'late',
  'other',
] as const
export type Reason = (typeof reasons)[number]

/** The states that a decision can be made on: those whose mailbox was confirmed. */
export const decidable: readonly EndorsementState[] = ['confirmed', 'held', 'suspect', 'rejected']

export interface Outcome {
  state: EndorsementState
  verification: Verification | null
}

/** null: nothing to decide, for example on one that was withdrawn. */
export function outcomeOf(
  decision: Decision,
  before: { state: EndorsementState; verification: Verification | null },
): Outcome | null {
  if (!decidable.includes(before.state)) return null
  const { state, verification } = before
  switch (decision) {
    case 'approved':
      return { state: 'confirmed', verification }
    case 'held':
      return { state: 'held', verification }
    case 'rejected':
      return { state: 'rejected', verification }
    case 'verified':
      return { state, verification: 'coordinator' }
  }
}

/** Whether a decision answers those who have reported the entry: it stays on the list, or it is off. */
export function settlesReports(decision: Kept, before: EndorsementState): boolean {
  if (decision === 'verified') return before === 'confirmed'
  return decision !== 'held'
}

/**
 * Whether the endorser is told. Who was suspected of abuse was not told of it, and is not told now
 * (product.md S-6); nor is anybody for whom nothing has changed.
 */
export function mayTell(decision: Decision, before: EndorsementState): boolean {
  if (decision === 'approved') return before === 'held' || before === 'rejected'
  return decision === 'rejected' && (before === 'held' || before === 'confirmed')
}

export function isDecision(text: string): text is Decision {
  return (decisions as readonly string[]).includes(text)
}

export function isReason(text: string): text is Reason {
  return (reasons as readonly string[]).includes(text)
}
