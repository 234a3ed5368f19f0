// A short name for what somebody saw, to notice that it has changed meanwhile.
import { createHash } from 'node:crypto'

/** @param value whatever JSON can hold, with its keys in a fixed order */
export function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
