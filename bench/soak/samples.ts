// What a site takes at a moment, and what that says when it was looked at for long.
import { readdirSync } from 'node:fs'
import type { Running } from '../start.ts'

export interface Sample {
  /** megabytes in use, and of it what JavaScript holds */
  memory: number
  heap: number
  /** open files and connections */
  files: number
  /** milliseconds by which the event loop was late since the last look, 99 of 100 times less */
  loop: number
  listeners: number
  signOns: number
}

export interface Verdict {
  isOk: boolean
  /** not a speed, which another machine may not reach */
  isProperty: boolean
  text: string
}

export function openSamples({ url, pid }: Running): () => Promise<Sample> {
  return async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    const number = (name: string) => {
      const line = text.split('\n').find((each) => each.startsWith(`${name} `))
      return Number(line?.slice(name.length) ?? Number.NaN)
    }
    return {
      memory: number('process_resident_memory_bytes') / 1e6,
      heap: number('nodejs_heap_size_used_bytes') / 1e6,
      files: readdirSync(`/proc/${pid}/fd`).length,
      loop: number('undersigned_event_loop_delay_seconds{quantile="0.99"}') * 1000,
      listeners: number('undersigned_live_listeners'),
      signOns: number('undersigned_sign_ons_total'),
    }
  }
}

/** caches fill up for a while, and how much waits to be collected is chance */
const mostGrowth = 1.1
/** readers of the database that stay open */
const moreFiles = 5
const latestMs = 50

export function verdictOf(idle: Sample, samples: Sample[], after: Sample): Verdict[] {
  const quarter = Math.max(1, Math.floor(samples.length / 4))
  const third = samples.slice(-2 * quarter, -quarter)
  const last = samples.slice(-quarter)
  const growth = (of: (sample: Sample) => number) => median(last.map(of)) / median(third.map(of))
  const memory = growth((sample) => sample.memory)
  const heap = growth((sample) => sample.heap)
  const late = samples.filter(({ loop }) => loop >= latestMs).length
  const sorted = samples.map(({ loop }) => loop).sort((a, b) => a - b)
  return [
    {
      isOk: memory < mostGrowth && heap < mostGrowth * mostGrowth,
      isProperty: true,
      text:
        `memory: from the third quarter to the last × ${memory.toFixed(2)} ` +
        `(what JavaScript holds × ${heap.toFixed(2)})`,
    },
    {
      isOk: after.files <= idle.files + moreFiles && after.listeners === 0,
      isProperty: true,
      text: `files: ${idle.files} before, ${after.files} after; ${after.listeners} listeners left`,
    },
    {
      isOk: late === 0,
      isProperty: false,
      text:
        `event loop p99 of ten seconds: ${median(sorted).toFixed(0)} ms at the median, ` +
        `${(sorted.at(-1) ?? 0).toFixed(0)} at most; ` +
        `${late} of ${samples.length} above ${latestMs} ms`,
    },
  ]
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
