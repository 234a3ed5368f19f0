// The secret key as it is, for those who must not make one.
import { existsSync } from 'node:fs'
import { findSecretKey, keyFile } from './secret-key.ts'

/** null when there is none yet */
export function readSecretKey(setting: string | null): string | null {
  return setting === null && !existsSync(keyFile) ? null : findSecretKey(setting)
}
