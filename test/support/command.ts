// The program as an operator starts it: a process of its own, in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { until } from './until.ts'

const program = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

type Env = Record<string, string>

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** What the commands of one test have in common: settings and folder. */
export interface Shell {
  cwd: string
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Ended>
  /** Starts a command that goes on until it is stopped. */
  start(...args: string[]): Running
}

/** Inherits nothing but what a process needs to live; its folder is gone after the test. */
export function openShell(env: Env): Shell {
  const cwd = mkdtempSync(join(tmpdir(), 'undersigned-shell-'))
  const started: Running[] = []
  after(async () => {
    await Promise.all(started.map((running) => running.stop('SIGKILL')))
    rmSync(cwd, { recursive: true, force: true })
  })
  const start = (...args: string[]) => {
    const running = new Running(spawnProgram(args, env, cwd))
    started.push(running)
    return running
  }
  return { cwd, start, run: (...args) => start(...args).ended }
}

function spawnProgram(args: string[], env: Env, cwd: string): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR = tmpdir(), NODE_COMPILE_CACHE = '' } = process.env
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export class Running {
  stdout = ''
  stderr = ''
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess

  constructor(child: ChildProcess) {
    this.#child = child
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }))
  }

  /** Waits until it has said something; throws when it ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    return until(`${pattern} in what the program says`, () => {
      const found = pattern.exec(this.stdout)
      if (!found && this.#child.exitCode !== null) {
        throw new Error(`It ended with ${this.#child.exitCode}: ${this.stdout}${this.stderr}`)
      }
      return found
    })
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal)
    return this.ended
  }
}
