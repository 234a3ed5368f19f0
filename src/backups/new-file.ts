// A file that is there as a whole or not at all, and that only its owner can read.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export const ownerOnly = 0o600

/** @param write fills the file it is given, which is there already and empty */
export async function writeWhole<T>(
  file: string,
  write: (unfinished: string) => Promise<T>,
): Promise<T> {
  return withUnfinished(file, async (unfinished) => {
    const result = await write(unfinished)
    syncToDisk(unfinished)
    renameSync(unfinished, file)
    syncToDisk(dirname(file))
    return result
  })
}

/** An empty file beside another one, for as long as it is used. */
export async function withUnfinished<T>(
  file: string,
  use: (unfinished: string) => Promise<T>,
): Promise<T> {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(unfinished, '', { mode: ownerOnly, flag: 'wx' })
    return await use(unfinished)
  } finally {
    // with what SQLite keeps beside it
    for (const suffix of ['', '-wal', '-shm', '-journal']) {
      rmSync(unfinished + suffix, { force: true })
    }
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
