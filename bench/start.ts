// Starts what is measured: the real site by its own command, and the servers it is compared with.
// Each is a process of its own, so that none shares its time with the load.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Recorded } from './servers.ts'

export interface Running {
  /** origin */
  url: string
  pid: number
  stop(): Promise<void>
  /** @returns the exit code; null when it was killed */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export type Settings = Record<string, string>

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const servers = fileURLToPath(new URL('servers.ts', import.meta.url))
const patience = 60_000
/** as in package.json: less memory, as fast */
const flags = ['--max-semi-space-size=4', '--heap-growing-percent=30']

/** As an operator sees it: nothing is lent out of our own environment. */
export const production: Settings = {
  NODE_ENV: 'production',
  LIMITS: 'on',
  // never dialled: reading a page sends no mail
  SMTP_URL: 'smtp://127.0.0.1:9',
}

/** Limits may be off only outside production. Mails are written and kept in the local mailbox. */
export const withoutLimits: Settings = { NODE_ENV: 'test', LIMITS: 'off' }

/** @param folder where its log goes, as on a server; a pipe could hold it up */
export async function startSite(folder: string, settings: Settings): Promise<Running> {
  const file = join(folder, `${settings['NODE_ENV'] ?? 'site'}-${performance.now()}.log`)
  const log = openSync(file, 'a')
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', ...settings }
  const child = spawn(process.execPath, [...flags, cli, 'serve'], {
    env,
    stdio: ['ignore', log, log],
  })
  const deadline = performance.now() + patience
  for (;;) {
    const said = readFileSync(file, 'utf8')
    const url = /ready: (http\S+)/.exec(said)?.[1]
    if (url !== undefined) return runningAt(url, child)
    if (child.exitCode !== null || performance.now() > deadline) {
      await end(child, 'SIGTERM')
      throw new Error(`The site did not start:\n${said}`)
    }
    await pause(20)
  }
}

export async function startReference(
  name: 'plain' | 'express',
  recorded: Recorded,
): Promise<Running> {
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production' }
  const child = fork(servers, [name], { env })
  child.send(recorded)
  const [port] = (await once(child, 'message')) as [number]
  return runningAt(`http://127.0.0.1:${port}`, child)
}

function runningAt(url: string, child: ChildProcess): Running {
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => void (await end(child, 'SIGTERM')),
    end: (signal) => end(child, signal),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return child.exitCode
}
