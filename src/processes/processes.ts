// How many processes work on this database: limits that each keeps in its own memory are shared out
// among them (docs/adr/0017). Each says every second that it lives. Their clocks are not compared: one
// is alive while its beat goes on.
import type { Context } from '../context.ts'
import { beat, deleteProcesses, listProcesses, type ProcessRow } from './process-store.ts'

export type Work = 'serves' | 'delivers'

export interface Processes {
  /** How many do this, with this one: 1 as long as it is not known better. */
  doing(work: Work): number
  /** The others know of this one from its first beat on. */
  join(works: Record<Work, boolean>): void
  /** Says that it lives and looks who else does. */
  tick(): Promise<void>
  /** Joins, and ticks every second until it leaves. */
  run(works: Record<Work, boolean>): void
  leave(): Promise<void>
}

interface Seen extends Record<Work, number> {
  beat: number
  /** how many looks ago it went on */
  still: number
}

const tickMs = 1000
/** looks without a beat after which a process is taken for gone, and its row deleted */
const goneAfter = 5
const deletedAfter = 60

export function openProcesses({
  db,
  random,
  config,
}: Pick<Context, 'db' | 'random' | 'config'>): Processes {
  const id = random.id()
  let own: Record<Work, 0 | 1> | null = null
  let seen = new Map<string, Seen>()
  let timer: NodeJS.Timeout | undefined

  async function tick(): Promise<void> {
    if (own === null) return
    await beat(db, { id, ...own })
    const rows = await listProcesses(db)
    seen = new Map(
      rows.map((row) => {
        const before = seen.get(row.id)
        return [row.id, { ...row, still: before?.beat === row.beat ? before.still + 1 : 0 }]
      }),
    )
    const isDead = ({ id: each }: ProcessRow) => (seen.get(each)?.still ?? 0) >= deletedAfter
    await deleteProcesses(
      db,
      rows.filter(isDead).map((row) => row.id),
    )
  }

  /** A database that is away for a moment is asked again in a second. */
  function tryToTick(): void {
    tick().catch(() => undefined)
  }

  function join({ serves, delivers }: Record<Work, boolean>): void {
    own = { serves: serves ? 1 : 0, delivers: delivers ? 1 : 0 }
  }

  return {
    join,
    tick,
    doing(work) {
      const alive = [...seen.values()].filter((each) => each.still < goneAfter && each[work] === 1)
      return Math.max(1, alive.length)
    },
    run(works) {
      // SQLite is for one machine: nothing is written there every second
      if (config.database.kind === 'sqlite') return
      join(works)
      tryToTick()
      timer = setInterval(tryToTick, tickMs)
      timer.unref()
    },
    async leave() {
      clearInterval(timer)
      if (own === null) return
      own = null
      await deleteProcesses(db, [id]).catch(() => undefined)
    },
  }
}
