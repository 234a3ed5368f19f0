// undersigned doctor: is this installation in order? Reads only; makes no file, migrates nothing.
import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Config, readConfig, SettingsFault } from '../config.ts'
import { HalfCopied } from '../db/copy-mark.ts'
import { NewerDatabase, pendingMigrations } from '../db/migrate.ts'
import { type DatabaseKind, openDatabase } from '../db/open.ts'
import type { Db } from '../db/schema.ts'
import { findFaults, findFaultsQuickly, isDamage, isLarge } from '../db/integrity.ts'
import { mailServerFault } from '../mail/check-server.ts'
import { checkKey, hasKeys } from '../privacy/open-vault.ts'
import { readSecretKey } from '../privacy/read-secret-key.ts'
import { type Finding, messageOf, ok, problem } from './findings.ts'
import { senderFindings, systemDns } from './sender-findings.ts'
import { databaseNow, newestInstant } from './doctor-store.ts'

type Env = Record<string, string | undefined>

export interface Wanted {
  /** the name of the key that the mail server signs with (DKIM); null: not known */
  selector: string | null
  /** also a large SQLite file is read as a whole */
  isThorough: boolean
  /** from how many bytes on a file is large */
  largeFrom?: number
}

export async function* checkUp(env: Env, wanted: Wanted): AsyncGenerator<Finding> {
  const config = settingsOf(env)
  if (Array.isArray(config)) {
    yield* config
    return
  }
  yield ok('settings', `complete (${config.nodeEnv})`)
  yield* databaseFindings(config, wanted)
  yield await mailFinding(config)
  if (config.smtpUrl !== null) {
    yield* await senderFindings(config, { resolver: systemDns(), selector: wanted.selector })
  }
  yield diskFinding(config)
}

function settingsOf(env: Env): Config | Finding[] {
  try {
    return readConfig(env)
  } catch (fault) {
    if (!(fault instanceof SettingsFault)) throw fault
    return fault.faults.map((each) => problem('settings', each))
  }
}

async function* databaseFindings(config: Config, wanted: Wanted): AsyncGenerator<Finding> {
  const { database } = config
  if (database.kind === 'sqlite' && !existsSync(database.file)) {
    yield problem(
      'database',
      `${database.file} does not exist. Is DATABASE_URL right? "serve" makes it.`,
    )
    return
  }
  let db: Db | null = null
  try {
    db = await openDatabase(database)
    yield await integrityFinding(config, db, wanted)
    const version = await versionFinding(config, db)
    yield version
    yield await keyFinding(config, db)
    if (version.isOk) yield await clockFinding(db, database.kind)
  } catch (fault) {
    yield problem('database', unusable(fault))
  } finally {
    await db?.destroy()
  }
}

function unusable(fault: unknown): string {
  if (isDamage(fault)) return damaged(fault.message)
  if (fault instanceof NewerDatabase || fault instanceof HalfCopied) return fault.message
  return `cannot be used: ${messageOf(fault)}. Is it running, and is DATABASE_URL right?`
}

const damaged = (how: string) =>
  `is damaged (${how}). Stop the site, keep the file, and restore the newest backup: ` +
  'undersigned restore FILE --force.'

async function integrityFinding(
  { database: { kind } }: Config,
  db: Db,
  { isThorough, largeFrom }: Wanted,
): Promise<Finding> {
  const isQuick = kind === 'sqlite' && !isThorough && (await isLarge(db, largeFrom))
  const [fault] = await (isQuick ? findFaultsQuickly(db, largeFrom) : findFaults(db, kind))
  if (fault !== undefined) return problem('database', damaged(fault))
  if (!isQuick) return ok('database', `${kind}, reachable and whole`)
  return ok('database', 'sqlite, reachable; large, so only its small tables were read (--thorough)')
}

async function versionFinding({ database }: Config, db: Db): Promise<Finding> {
  const pending = await pendingMigrations(db, database.kind)
  if (pending.length === 0) return ok('version', 'the database is up to date')
  return problem(
    'version',
    `the database lacks ${pending.join(', ')}. Make a backup, then "undersigned migrate".`,
  )
}

async function keyFinding(config: Config, db: Db): Promise<Finding> {
  try {
    const secret = readSecretKey(config.secretKey)
    if (secret !== null) {
      const fits = (await checkKey(db, secret)) === 'fits'
      return ok('key', fits ? 'fits the database' : 'not used yet; the first start uses it')
    }
    if (!(await hasKeys(db))) return ok('key', 'none yet; the first start makes one')
    return problem('key', 'SECRET_KEY is not set, but the database was made with a key. Set it.')
  } catch (fault) {
    return problem('key', messageOf(fault))
  }
}

const mostSkewMs = 60_000

async function clockFinding(db: Db, kind: DatabaseKind): Promise<Finding> {
  const now = Date.now()
  const theirs = await databaseNow(db, kind)
  const newest = await newestInstant(db)
  const set = 'Set the time (timedatectl set-ntp true): deadlines go by it.'
  if (theirs !== null && Math.abs(theirs.getTime() - now) > mostSkewMs) {
    return problem('clock', `differs from the database server's by more than a minute. ${set}`)
  }
  if (newest !== null && Date.parse(newest) > now + mostSkewMs) {
    return problem('clock', `the database knows of ${newest}, which is in the future. ${set}`)
  }
  return ok('clock', new Date(now).toISOString())
}

async function mailFinding(config: Config): Promise<Finding> {
  if (config.smtpUrl === null) return ok('mail', 'SMTP_URL is not set: mails stay in /mailbox')
  const fault = await mailServerFault(config.smtpUrl)
  if (fault === null) return ok('mail', 'the server answers and lets us in')
  return problem('mail', `the server does not take our mail (${fault}). See SMTP_URL.`)
}

const leastFreeMb = 500

function diskFinding({ database }: Config): Finding {
  const folder = database.kind === 'sqlite' ? dirname(database.file) : '.'
  if (!existsSync(folder)) return problem('disk', `${folder} does not exist. See DATABASE_URL.`)
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.floor((bavail * bsize) / 1_000_000)
  if (freeMb >= leastFreeMb) return ok('disk', `${freeMb} MB free`)
  return problem('disk', `only ${freeMb} MB free. Make room: a full disk stops everything.`)
}
