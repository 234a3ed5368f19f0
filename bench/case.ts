// What a row of the table is measured by.
import type { Round, Span } from './load.ts'

export interface Case {
  name: string
  /** the name of the case that is the limit: a plain server with as many bytes, or bare commits */
  limit: string
  /** the name of the case that it should be as fast as: with fewer endorsements, or while nobody signs */
  base?: string
  warmUp(): Promise<unknown>
  run(): Promise<Round>
  /** after all rounds: throws when the site did not do what it answered */
  check?(): Promise<void>
}

export interface Plan {
  /** for databases and logs; thrown away */
  folder: string
  rounds: number
  onClose(close: () => Promise<void>): void
}

export const roundSpan: Span = { seconds: 1.5 }
export const warmUpSpan: Span = { seconds: 1 }

export const names = {
  plainPage: 'plain http, page',
  plainCount: 'plain http, count.json',
  express: 'Express hello-world',
  commits: 'bare commits',
}
