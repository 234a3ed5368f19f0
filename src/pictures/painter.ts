// Makes PNG files of pictures, each in a thread of its own, so that nobody waits for it who asks for
// something else; one at a time, and a picture that was just made is not made again.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { fontFiles } from '../letters/fonts.ts'
import { KeptFiles } from '../letters/kept-files.ts'
import { Turns } from '../letters/turns.ts'

export type Painted = { is: 'painted'; bytes: Buffer } | { is: 'none' | 'busy' }

export interface Painter {
  /** whether there is a program that paints on this machine */
  isThere(): boolean
  paint(svg: string): Promise<Painted>
}

/** What the thread is given. */
export interface Job {
  svg: string
  /** files */
  fonts: string[]
  /** a folder with more fonts */
  moreFonts: string | null
}

const mostWaiting = 50
const mostKept = 16_000_000
const thread = new URL('painter-thread.ts', import.meta.url)

/** @param load throws where the program that paints is not installed */
export function openPainter(
  { pdfFonts: moreFonts }: Pick<Config, 'pdfFonts'>,
  load: () => unknown = loadProgram,
): Painter {
  const turns = new Turns(1, mostWaiting)
  const kept = new KeptFiles(mostKept)
  let isThere: boolean | null = null

  async function paint(svg: string): Promise<Buffer> {
    const key = createHash('sha256').update(svg).digest('base64')
    // perhaps whoever was before in the line wanted the same
    const known = kept.get(key)
    if (known) return known
    const bytes = await paintInThread({ svg, fonts: fontFiles, moreFonts })
    kept.keep(key, bytes)
    return bytes
  }

  return {
    isThere() {
      isThere ??= canLoad(load)
      return isThere
    },
    async paint(svg) {
      if (!this.isThere()) return { is: 'none' }
      const bytes = await turns.take(() => paint(svg))
      return bytes === null ? { is: 'busy' } : { is: 'painted', bytes }
    },
  }
}

function loadProgram(): unknown {
  return createRequire(import.meta.url)('@resvg/resvg-js')
}

function canLoad(load: () => unknown): boolean {
  try {
    load()
    return true
  } catch {
    return false
  }
}

async function paintInThread(workerData: Job): Promise<Buffer> {
  const worker = new Worker(thread, { workerData })
  const [bytes] = (await once(worker, 'message')) as [Uint8Array]
  return Buffer.from(bytes)
}
