// Where the secret comes from: the setting, or a file made once (mode 600) beside a small installation.
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const keyFile = join('var', 'secret.key')
/** as many characters as SECRET_KEY must have */
const shortest = 32

export class KeyFileFault extends Error {
  constructor() {
    super(
      `${keyFile} holds no key of at least ${shortest} characters. Put back the key that was there; ` +
        'delete the file only where no database was made with it yet.',
    )
  }
}

/** SECRET_KEY, else the content of var/secret.key, which is made when missing. */
export function findSecretKey(setting: string | null): string {
  return setting ?? readKeyFile() ?? makeKeyFile()
}

function readKeyFile(): string | null {
  try {
    const secret = readFileSync(keyFile, 'utf8').trim()
    if (secret.length < shortest) throw new KeyFileFault()
    return secret
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fault
  }
}

/** Appears whole or not at all: of two processes started at once both use the same key. */
function makeKeyFile(): string {
  mkdirSync(dirname(keyFile), { recursive: true })
  const secret = randomBytes(32).toString('base64url')
  const draft = `${keyFile}.${process.pid}`
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, keyFile)
    return secret
  } catch (fault) {
    // the other process was first
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    return readKeyFile() ?? makeKeyFile()
  } finally {
    rmSync(draft, { force: true })
  }
}
