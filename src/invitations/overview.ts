// What coordinators see of their invitations. Whether somebody endorsed confidentially cannot be told:
// such an invitation looks unanswered.
import type { Context } from '../context.ts'
import { countInvitations, listInvitations } from './invitation-store.ts'

export const answers = ['invited', 'reserved', 'endorsed', 'declined', 'withdrawn'] as const
export type Answer = (typeof answers)[number]

export async function howManyInvited(
  { db }: Pick<Context, 'db'>,
  statementId: string,
): Promise<number> {
  return countInvitations(db, statementId)
}

export async function listOf(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  statementId: string,
  language: string,
) {
  const { compare } = new Intl.Collator(language, { numeric: true })
  const all = await listInvitations(db, vault, [statementId])
  return all
    .map(({ id, invited, language: theirs, state, reservedUntil, endorsement, isUndelivered }) => ({
      id,
      name: invited.name,
      email: invited.email,
      contactName: invited.contactName,
      language: theirs,
      answer: state === 'endorsed' && endorsement === 'withdrawn' ? ('withdrawn' as const) : state,
      reservedUntil,
      isUndelivered: isUndelivered && state === 'invited',
    }))
    .toSorted((a, b) => compare(a.name, b.name))
}

export function countByAnswer(all: readonly { answer: Answer }[]) {
  return answers
    .map((answer) => ({ answer, n: all.filter((each) => each.answer === answer).length }))
    .filter(({ n }) => n > 0)
}
