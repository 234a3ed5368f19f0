// The part of autocannon that the benchmarks use; the package brings no types.
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export interface Request {
    method?: string
    path?: string
    body?: string
    headers?: Record<string, string>
    /** called before each request, so that no two need be the same */
    setupRequest?(request: Request): Request
  }

  export interface Options {
    url: string
    connections: number
    /** seconds */
    duration: number
    /** ends sooner when so many were sent */
    maxOverallRequests?: number
    requests: Request[]
    /** seconds until an answer counts as lost */
    timeout?: number
    /** milliseconds between looks at whether it is over */
    sampleInt: number
  }

  export interface Result {
    errors: number
    timeouts: number
  }

  interface Events {
    /** the client, the status, the bytes, and the milliseconds until the answer was complete */
    response: [client: object, status: number, bytes: number, ms: number]
    done: [result: Result]
  }

  export default function autocannon(
    options: Options,
    done: (fault: Error | null, result: Result) => void,
  ): EventEmitter<Events>
}
