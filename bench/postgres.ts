// A PostgreSQL server that writes to the disk before it answers. The one of the tests does not, to
// be fast; measured on that one, PostgreSQL would look better than it is.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Postgres, startPostgres } from '../test/support/postgres.ts'
import { findPostgres } from '../test/support/postgres-binaries.ts'

// PostgreSQL refuses to run as root.
const nobody = 65534
const account = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

// Ends with us, also when we are killed: then nobody holds its standard input open any more.
const leash = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses='' </dev/null &
cat >/dev/null; kill -INT $!; wait $!`

/** One that was started here can be stopped, as an upgrade does, and started again. */
export interface OwnPostgres extends Postgres {
  halt(): Promise<void>
  resume(): Promise<void>
}

/** That of TEST_DATABASE_URL, else a new one; null, and why, where there are no programs for it. */
export async function openPostgres(): Promise<Postgres | { missing: string }> {
  if (!process.env['TEST_DATABASE_URL']) return openOwnPostgres()
  return startPostgres().catch(missing)
}

export function openOwnPostgres(): Promise<OwnPostgres | { missing: string }> {
  return startDurable().catch(missing)
}

function missing(fault: unknown): { missing: string } {
  return { missing: fault instanceof Error ? fault.message : String(fault) }
}

async function startDurable(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-pg-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    if (account.uid !== undefined) chownSync(folder, nobody, nobody)
    const bin = findPostgres(account, folder)
    initialise(bin, folder)
    let halt = await run(bin, folder)
    const host = encodeURIComponent(folder)
    process.env['TEST_DATABASE_URL'] = `postgres://postgres@localhost/postgres?host=${host}`
    return {
      ...(await startPostgres()),
      halt: () => halt(),
      resume: async () => void (halt = await run(bin, folder)),
      stop: () => halt().then(remove),
    }
  } catch (fault) {
    remove()
    throw fault
  }
}

function initialise(bin: string, folder: string): void {
  const data = join(folder, 'data')
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']
  const { status, stderr } = spawnSync(join(bin, 'initdb'), options, { ...account, cwd: folder })
  if (status !== 0) throw new Error(`initdb failed: ${String(stderr)}`)
}

async function run(bin: string, folder: string): Promise<() => Promise<void>> {
  const args = ['-c', leash, 'postgres', bin, folder]
  const child = spawn('/bin/sh', args, { ...account, cwd: folder, detached: true, stdio: 'pipe' })
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('ready to accept connections')) break
  }
  if (child.exitCode !== null) throw new Error('PostgreSQL did not start.')
  child.stderr.resume()
  child.stdout.resume()
  return async () => {
    const ended = once(child, 'exit')
    child.stdin.end()
    await ended
  }
}
