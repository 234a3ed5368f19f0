// Sets PDF files with Typst, each in a short-lived process of its own: two at once at most, within
// limits of time and memory, and never the same file twice at once.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setPriority, totalmem } from 'node:os'
import { buffer, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { fontFiles } from './fonts.ts'
import { KeptFiles } from './kept-files.ts'
import { Turns } from './turns.ts'
import { type Job, noCompiler } from './typst-job.ts'

/**
 * `none`: PDF files are switched off, or there is no compiler for this machine; `too-long`: it took more
 * time or memory than it may.
 */
export type Typeset = { is: 'made'; bytes: Buffer } | { is: 'none' | 'busy' | 'too-long' }

export interface Typesetter {
  /** @param data what the template reads as data.json */
  typeset(template: string, data: object): Promise<Typeset>
  close(): void
}

const atOnce = 2
const mostWaiting = 20
const longestMs = 60_000
// the site itself needs the other half of a small machine
const mostMemory = Math.min(1_000_000_000, totalmem() / 2)
const lookMs = 200
const mostKept = 32_000_000
const lowPriority = 10
const program = fileURLToPath(new URL('typst-child.ts', import.meta.url))

export function openTypesetter(opened: { config: Config; log: Logger }): Typesetter {
  const { config, log } = opened
  const turns = new Turns(atOnce, mostWaiting)
  const running = new Set<ChildProcess>()
  const making = new Map<string, Promise<Typeset>>()
  const kept = new KeptFiles(mostKept)

  async function run(job: Job): Promise<Typeset> {
    const child = startChild()
    running.add(child)
    const stopWatching = watchMemory(child)
    try {
      return await answerOf(child, job, log)
    } finally {
      stopWatching()
      running.delete(child)
    }
  }

  async function make(key: string, job: Job): Promise<Typeset> {
    try {
      const made = (await turns.take(() => run(job))) ?? { is: 'busy' }
      if (made.is === 'made') kept.keep(key, made.bytes)
      return made
    } finally {
      making.delete(key)
    }
  }

  async function typeset(template: string, data: object): Promise<Typeset> {
    if (!config.hasPdf) return { is: 'none' }
    const moreFonts = config.pdfFonts
    const job = { template, data: JSON.stringify(data), fonts: fontFiles, moreFonts }
    const key = createHash('sha256').update(template).update(job.data).digest('base64')
    const known = kept.get(key)
    if (known) return { is: 'made', bytes: known }
    const made = making.get(key) ?? make(key, job)
    making.set(key, made)
    return made
  }

  return { typeset, close: () => running.forEach((child) => child.kill('SIGKILL')) }
}

function startChild(): ChildProcess {
  // it needs no setting, and above all no secret
  const env = { RAYON_NUM_THREADS: '1' }
  const child = spawn(process.execPath, [program], {
    env,
    timeout: longestMs,
    killSignal: 'SIGKILL',
  })
  if (child.pid !== undefined) letPagesGoFirst(child.pid)
  return child
}

function letPagesGoFirst(pid: number): void {
  try {
    setPriority(pid, lowPriority)
  } catch {
    // a service that is shut in may not, and the two take turns then
  }
}

async function answerOf(child: ChildProcess, job: Job, log: Logger): Promise<Typeset> {
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new Error('The compiler of PDF files does not start')
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve).on('error', reject)
  })
  // when it ends early, its exit code says why
  stdin.on('error', () => {})
  stdin.end(JSON.stringify(job))
  const [bytes, said, code] = await Promise.all([buffer(stdout), text(stderr), ended])
  if (code === noCompiler) return { is: 'none' }
  if (code === null) return { is: 'too-long' }
  if (code !== 0) throw new Error(`No PDF of ${job.template} (${code}): ${said}`)
  if (said !== '') log.warn({ template: job.template }, said)
  return { is: 'made', bytes }
}

/** The compiler's memory is not the one that Node can limit. */
function watchMemory(child: ChildProcess): () => void {
  const timer = setInterval(() => {
    void residentBytes(child.pid).then((bytes) => bytes > mostMemory && child.kill('SIGKILL'))
  }, lookMs)
  return () => clearInterval(timer)
}

async function residentBytes(pid: number | undefined): Promise<number> {
  const sizes = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
  return Number(sizes.split(' ')[1] ?? 0) * 4096
}
