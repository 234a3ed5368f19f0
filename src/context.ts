// Everything the program works with, in one plain object, built from small open…() functions and
// closed in reverse.
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { type Alarms, openAlarms } from './abuse/alarms.ts'
import { openPlaces, type Places, placesHere } from './abuse/places.ts'
import { openProofs, type Proofs } from './abuse/proofs.ts'
import { openWatch, type Watch } from './abuse/watch.ts'
import { openVersions, type Versions } from './cache/versions.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import type { Db } from './db/schema.ts'
import { type Likenesses, openLikenesses } from './duplicates/likenesses.ts'
import { ensureSigningKey } from './editions/signing-key.ts'
import { openViews, type Views } from './http/views.ts'
import { openTypesetter, type Typesetter } from './letters/typesetter.ts'
import { openLog } from './log.ts'
import { openSender, type Sender } from './mail/sender.ts'
import { type Metrics, openMetrics } from './metrics/metrics.ts'
import { openProcesses, type Processes } from './processes/processes.ts'
import { openVault } from './privacy/open-vault.ts'
import { fewRandomBytes } from './privacy/random-bytes.ts'
import { secretFor } from './privacy/secret-for.ts'
import type { Vault } from './privacy/vault.ts'
import { refreshOrder } from './signatories/refresh-order.ts'
import { openSwitches, type Switches } from './switches/switches.ts'
import { openPainter, type Painter } from './pictures/painter.ts'
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
  places: Places
  likenesses: Likenesses
  watch: Watch
  alarms: Alarms
  proofs: Proofs
  painter: Painter
  switches: Switches
  versions: Versions
  processes: Processes
  typesetter: Typesetter
  metrics: Metrics
  /** everything on this site is made up, and says so */
  isDemo: boolean
  close(): Promise<void>
}

export interface Replaceable {
  clock?: Clock
  random?: Random
  log?: Logger
  isDemo?: boolean
  /** how many may watch live counts */
  places?: number
}

const viewsFolder = fileURLToPath(new URL('../views/', import.meta.url))
const systemClock: Clock = { now: () => new Date() }
const systemRandom: Random = { id: () => fewRandomBytes(16).toString('base64url') }

/** Opens all there is, makes sure that the secret key fits the database, and migrates it. */
export async function openContext(config: Config, replace: Replaceable = {}): Promise<Context> {
  const clock = replace.clock ?? systemClock
  const random = replace.random ?? systemRandom
  const log = replace.log ?? openLog(config)
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer()
  }

  try {
    const commits = { count: 0 }
    const db = await openDatabase(config.database, commits)
    closers.push(() => db.destroy())
    const secret = await secretFor(db, config.secretKey)
    const applied = await migrate(db, config.database.kind)
    if (applied.length > 0) log.info({ applied }, 'database brought up to date')
    const keys = await openVault(db, secret, log)
    closers.push(() => keys.close())
    const { vault } = keys
    await ensureSigningKey({ db, vault, clock })
    await refreshOrder(db)
    const views = openViews({ folder: viewsFolder, strictModels: config.nodeEnv !== 'production' })
    const sender = openSender(config, { db, vault, clock, random })
    closers.push(() => sender.close())
    const liveCounts = openLiveCounts(db, clock)
    closers.push(() => liveCounts.close())
    const likenesses = openLikenesses({ db, vault })
    closers.push(() => likenesses.close())
    const isDemo = replace.isDemo === true
    const switches = openSwitches(db, clock)
    const versions = openVersions(db, clock, commits)
    const processes = openProcesses({ db, random, config })
    closers.push(() => processes.leave())
    const watch = openWatch({ clock, config, processes })
    const alarms = openAlarms({ db, clock, log })
    const proofs = openProofs({ vault, clock })
    const typesetter = openTypesetter({ config, log })
    closers.push(() => typesetter.close())
    const painter = openPainter(config)
    const metrics = openMetrics()
    closers.push(() => metrics.close())
    const places = openPlaces({ clock, config, metrics }, replace.places ?? placesHere())
    const opened = { config, db, vault, clock, random, log, views, sender, liveCounts }
    return {
      ...opened,
      likenesses,
      watch,
      alarms,
      proofs,
      painter,
      switches,
      versions,
      processes,
      typesetter,
      metrics,
      places,
      isDemo,
      close,
    }
  } catch (fault) {
    await close()
    throw fault
  }
}
