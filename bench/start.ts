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
}

export type Settings = Record<string, string>

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const servers = fileURLToPath(new URL('servers.ts', import.meta.url))
const patience = 20_000
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
    if (url !== undefined) return { url, pid: child.pid ?? 0, stop: () => stop(child) }
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop(child)
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
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
