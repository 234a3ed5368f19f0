// The file with the secret key to come (undersigned key rotate).
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** as many characters as SECRET_KEY must have */
const shortestSecret = 32

export class NewKeyFault extends Error {}

/** Makes the file (mode 600) when it is missing; it is on the disk before anything relies on it. */
export function newKeyFrom(file: string): { secret: string; isNew: boolean } {
  try {
    const made = randomBytes(32).toString('base64url')
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true })
    flushFolder(dirname(file))
    return { secret: made, isNew: true }
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < shortestSecret) {
    throw new NewKeyFault(
      `${file} holds no key of at least ${shortestSecret} characters. ` +
        'Name a file that does not exist yet, and it is made.',
    )
  }
  return { secret, isNew: false }
}

export function hasNewKey(file: string, secret: string): boolean {
  try {
    return readFileSync(file, 'utf8').trim() === secret
  } catch {
    return false
  }
}

/** Otherwise the name of a new file can be lost with the power. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
