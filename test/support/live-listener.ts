// Listens to Server-Sent Events as a browser does, and keeps what came.
import assert from 'node:assert/strict'
import { until } from './until.ts'

export interface LiveEvent {
  id: string
  event: string
  data: Record<string, unknown>
}

export class LiveListener {
  readonly events: LiveEvent[] = []
  /** Lines that browsers pass over: the heartbeat. */
  readonly comments: string[] = []
  /** The server ended the stream. */
  hasEnded = false
  /** in the middle, or here */
  isCutOff = false
  readonly headers: Headers
  readonly #stop: AbortController

  constructor(response: Response, stop: AbortController) {
    this.headers = response.headers
    this.#stop = stop
    assert.ok(response.body)
    void this.#read(response.body)
  }

  get last(): LiveEvent | undefined {
    return this.events.at(-1)
  }

  /** Waits until there have been so many events. */
  async heard(howMany: number): Promise<LiveEvent> {
    await until(`${howMany} events`, () => this.events.length >= howMany)
    return this.events[howMany - 1] as LiveEvent
  }

  close(): void {
    this.#stop.abort()
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const piece of body) {
        const blocks = (rest + decoder.decode(piece, { stream: true })).split('\n\n')
        rest = blocks.pop() ?? ''
        blocks.forEach((block) => this.#keep(block))
      }
    } catch {
      this.isCutOff = true
    }
    this.hasEnded = true
  }

  #keep(block: string): void {
    if (block.startsWith(':')) this.comments.push(block)
    const fields = new Map(
      block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
    )
    const data = fields.get('data')
    if (data === undefined) return
    this.events.push({
      id: fields.get('id') ?? '',
      event: fields.get('event') ?? '',
      data: JSON.parse(data) as Record<string, unknown>,
    })
  }
}

export async function listen(
  url: string,
  headers: Record<string, string> = {},
): Promise<LiveListener> {
  const stop = new AbortController()
  const response = await fetch(url, { headers, signal: stop.signal })
  assert.equal(response.status, 200)
  return new LiveListener(response, stop)
}
