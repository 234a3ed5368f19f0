// Starts a PostgreSQL server on a Unix socket in a temporary folder and ties its life to ours.
import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findPostgres } from './postgres-binaries.ts'
import type { Account } from './postgres-binaries.ts'

export type Server = { url: string; stop(): Promise<void> }

// PostgreSQL refuses to run as root; 65534 is `nobody`.
const account: Account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

// Waits on a pipe that only the tests hold open, so that it hears of their end even when they are
// killed. A signal sent while the server is still starting may be lost, hence the loop.
const supervisor = `
bin=$1 folder=$2
trap 'rm -rf "$folder"' EXIT
exec 3<&0
"$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb" 2>&1 || {
  cat "$folder/initdb" >&2
  exit 1
}
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses='' -c fsync=off \\
  -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 3<&- &
server=$!
(cat <&3 >/dev/null; while kill -INT $server 2>/dev/null; do sleep 0.1; done) 2>/dev/null &
wait $server
`

export async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'undersigned-pg-'))
  try {
    if (account.uid !== undefined) await chown(folder, account.uid, account.uid)
    const bin = findPostgres(account, folder)
    const child = supervise(bin, folder)
    await ready(child)
    return { url: urlOf(folder), stop: () => stop(child) }
  } catch (fault) {
    await rm(folder, { recursive: true, force: true })
    throw fault
  }
}

function urlOf(folder: string): string {
  return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`
}

/** In a process group of its own: Ctrl-C in a terminal must reach us and not the supervisor. */
function supervise(bin: string, folder: string): ChildProcessWithoutNullStreams {
  return spawn('/bin/sh', ['-c', supervisor, 'postgres', bin, folder], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: 'pipe',
  })
}

async function ready(child: ChildProcessWithoutNullStreams): Promise<void> {
  const said: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('ready to accept connections')) {
      letGo(child)
      return
    }
    said.push(line)
  }
  throw new Error(`PostgreSQL did not start:\n${said.slice(-20).join('\n')}`)
}

/** The server's log goes nowhere from here, and its presence keeps no test process alive. */
function letGo(child: ChildProcessWithoutNullStreams): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
  child.stdout.resume()
  child.stderr.resume()
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null) return
  child.ref()
  const ended = once(child, 'exit')
  child.stdin.end()
  await ended
}
