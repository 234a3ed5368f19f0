// One of several machines: a process of the program that is killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../../test/support/until.ts'
import type { Settings } from '../start.ts'

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const flags = ['--max-semi-space-size=4', '--heap-growing-percent=30']

export interface Machine {
  /** Resolves when it has said that it works. */
  isReady(): Promise<void>
  /** Kills it as a power cut does, and starts it again at once. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** @param folder where its log goes */
export function openMachine(folder: string, command: string[], settings: Settings): Machine {
  const file = join(folder, `${command[0]}-${settings['PORT'] ?? ''}.log`)
  const log = openSync(file, 'a')
  const env = { PATH: process.env['PATH'] ?? '', ...settings }
  let starts = 0
  const start = () => {
    starts += 1
    return spawn(process.execPath, [...flags, cli, ...command], {
      env,
      stdio: ['ignore', log, log],
    })
  }
  let child = start()
  const works = () =>
    readFileSync(file, 'utf8').split(/ is ready: |mail worker runs/).length > starts
  return {
    isReady: async () => void (await until(`${file} says that it works`, works)),
    async kill() {
      await end(child, 'SIGKILL')
      child = start()
    },
    stop: () => end(child, 'SIGTERM'),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
