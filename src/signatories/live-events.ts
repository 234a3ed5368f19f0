// What is sent to those who listen, in the words of Server-Sent Events.
import { type CountJson, versionOf } from './counts.ts'

/** The same bytes for everyone. */
export interface LiveEvent {
  /** its id */
  version: string
  bytes: Buffer
}

export function eventOf(current: CountJson): LiveEvent {
  const version = versionOf(current)
  const lines = [`id: ${version}`, 'event: count', `data: ${JSON.stringify(current)}`]
  return { version, bytes: Buffer.from(`${lines.join('\n')}\n\n`) }
}

const soonestMs = 2000
const spreadMs = 6000

/** How long to wait before coming back when the line breaks: not all at the same moment. */
export function retryEvent(): string {
  return `retry: ${soonestMs + Math.floor(Math.random() * spreadMs)}\n\n`
}

/** Tells nothing, but is passed on. */
export const heartbeat = Buffer.from(': still here\n\n')
