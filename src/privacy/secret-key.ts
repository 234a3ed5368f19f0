// Where the secret comes from: the setting, or a file made once (mode 600) beside a small installation.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const keyFile = join('var', 'secret.key')

/** SECRET_KEY, else the content of var/secret.key, which is made when missing. */
export function findSecretKey(setting: string | null): string {
  return setting ?? readKeyFile() ?? makeKeyFile()
}

function readKeyFile(): string | null {
  try {
    return readFileSync(keyFile, 'utf8').trim()
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fault
  }
}

function makeKeyFile(): string {
  mkdirSync(dirname(keyFile), { recursive: true })
  try {
    const secret = randomBytes(32).toString('base64url')
    writeFileSync(keyFile, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true })
    return secret
  } catch (fault) {
    // two processes started at once: the other one was first
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    return readKeyFile() ?? makeKeyFile()
  }
}
