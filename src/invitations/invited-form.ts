// What an invited organisation types on its page besides the form for endorsing.
import type { Statement } from '../statements/stored-statement.ts'

export type Until = { ok: true; day: string } | { ok: false; fault: 'required' | 'past' | 'late' }

/** A day from today to the closing of the statement, in UTC. */
export function readUntil(
  typed: string,
  { closesAt }: Pick<Statement, 'closesAt'>,
  now: Date,
): Until {
  const day = typed.trim()
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))
  if (!isDay) return { ok: false, fault: 'required' }
  if (day < now.toISOString().slice(0, 10)) return { ok: false, fault: 'past' }
  const latest = closesAt?.instant.slice(0, 10) ?? '9999'
  return day > latest ? { ok: false, fault: 'late' } : { ok: true, day }
}

/** `a•••@example.org`: its owner knows it, and who was sent the link on does not learn it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const [first = ''] = address
  return `${first}•••${address.slice(at)}`
}
