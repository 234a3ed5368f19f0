// Everything the program works with, in one plain object, built from small open…() functions and
// closed in reverse.
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import type { Db } from './db/schema.ts'
import { openViews, type Views } from './http/views.ts'
import { openLog } from './log.ts'
import { openSender, type Sender } from './mail/sender.ts'
import { checkSecretKey } from './privacy/key-check.ts'
import { findSecretKey } from './privacy/secret-key.ts'
import { openVault, type Vault } from './privacy/vault.ts'
import { refreshOrder } from './signatories/refresh-order.ts'
import { openLiveCounts, type LiveCounts } from './signatories/live-counts.ts'

export interface Clock {
  now(): Date
}

export interface Random {
  /** a new row's id: 128 random bits, base64url */
  id(): string
}

export interface Context {
  config: Config
  db: Db
  vault: Vault
  clock: Clock
  random: Random
  log: Logger
  views: Views
  sender: Sender
  liveCounts: LiveCounts
  /** everything on this site is made up, and says so */
  isDemo: boolean
  close(): Promise<void>
}

export interface Replaceable {
  clock?: Clock
  random?: Random
  log?: Logger
  isDemo?: boolean
}

const viewsFolder = fileURLToPath(new URL('../views/', import.meta.url))
const systemClock: Clock = { now: () => new Date() }
const systemRandom: Random = { id: () => randomBytes(16).toString('base64url') }

/** Opens all there is, migrates the database, and makes sure that the secret key fits it. */
export async function openContext(config: Config, replace: Replaceable = {}): Promise<Context> {
  const clock = replace.clock ?? systemClock
  const random = replace.random ?? systemRandom
  const log = replace.log ?? openLog(config)
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer()
  }

  try {
    const vault = openVault(findSecretKey(config.secretKey))
    const db = await openDatabase(config.database)
    closers.push(() => db.destroy())
    const applied = await migrate(db, config.database.kind)
    if (applied.length > 0) log.info({ applied }, 'database brought up to date')
    await checkSecretKey(db, vault)
    await refreshOrder(db)
    const views = openViews({ folder: viewsFolder, strictModels: config.nodeEnv !== 'production' })
    const sender = openSender(config, { db, vault, clock, random })
    closers.push(() => sender.close())
    const liveCounts = openLiveCounts(db, clock)
    closers.push(() => liveCounts.close())
    const isDemo = replace.isDemo === true
    return { config, db, vault, clock, random, log, views, sender, liveCounts, isDemo, close }
  } catch (fault) {
    await close()
    throw fault
  }
}
