// What an operator can mend, in one sentence each. Anything else is a bug and is shown whole.
import { BadBackup } from '../backups/examine.ts'
import { SettingsFault } from '../config.ts'
import { CopyRefused } from '../db/copy.ts'
import { HalfCopied } from '../db/copy-mark.ts'
import { isDamage, isNoDatabase } from '../db/integrity.ts'
import { NewerDatabase } from '../db/migrate.ts'
import { DamagedDatabase } from '../db/refuse-damaged.ts'
import { KeyDoesNotFit } from '../privacy/open-vault.ts'
import { KeyFileFault } from '../privacy/secret-key.ts'
import { UserFault } from './faults.ts'

interface SystemFault extends Error {
  code?: string
  syscall?: string
  path?: string
  port?: number
  /** PostgreSQL: FATAL means that it took no connection */
  severity?: string
}

const sqliteFaults = new Set(['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_FULL', 'SQLITE_BUSY'])
const networkFaults = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET'])

/** Their messages are written for the operator. */
const tellable = [
  UserFault,
  SettingsFault,
  NewerDatabase,
  HalfCopied,
  DamagedDatabase,
  CopyRefused,
  BadBackup,
  KeyDoesNotFit,
  KeyFileFault,
]

/** null for a bug */
export function explainFault(thrown: unknown): string | null {
  if (tellable.some((kind) => thrown instanceof kind)) return (thrown as Error).message
  if (isDamage(thrown)) return new DamagedDatabase(thrown.message, isNoDatabase(thrown)).message
  return thrown instanceof Error ? explainSystemFault(thrown) : null
}

function explainSystemFault({ code = '', message, ...fault }: SystemFault): string | null {
  if (fault.syscall === 'listen') {
    const reason = code === 'EADDRINUSE' ? 'another program uses it' : code
    return `Port ${fault.port} cannot be opened: ${reason}. Choose another one with PORT.`
  }
  if (sqliteFaults.has(code)) {
    return `The database file cannot be used: ${message}. See DATABASE_URL.`
  }
  if (fault.severity === 'FATAL') return `The database refused: ${message}. See DATABASE_URL.`
  if (fault.syscall === 'connect') return noAnswer(code)
  if (fault.path !== undefined) return `${fault.path} cannot be used: ${message}.`
  return networkFaults.has(code) ? noAnswer(code) : null
}

function noAnswer(code: string): string {
  return `The database does not answer (${code}). Is it running, and is DATABASE_URL right?`
}
