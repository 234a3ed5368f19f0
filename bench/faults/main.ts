// npm run bench:faults [name …]: people sign, confirm and withdraw, harm is done, and in the end everything
// that was answered must be there, the database whole, and every mail sent, at most twice.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOwnPostgres } from '../postgres.ts'
import { machine } from '../report.ts'
import { damagedFile } from './damaged-file.ts'
import { fullDisk } from './full-disk.ts'
import { restartedDatabase } from './restarted-database.ts'
import { openScene, type Scene } from './scene.ts'
import { badMailServer } from './bad-mail-server.ts'
import { killed, stopped } from './stopped-site.ts'
import { wrongClock } from './wrong-clock.ts'

interface Fault {
  database: 'SQLite' | 'PostgreSQL'
  /** @returns what is wrong, or why it was left out */
  act: (scene: Scene) => Promise<string[] | { missing: string }>
}

const faults: Record<string, Fault> = {
  stop: { database: 'SQLite', act: stopped },
  'stop-postgres': { database: 'PostgreSQL', act: stopped },
  kill: { database: 'SQLite', act: killed },
  'kill-postgres': { database: 'PostgreSQL', act: killed },
  disk: { database: 'SQLite', act: fullDisk },
  mail: { database: 'SQLite', act: badMailServer },
  postgres: { database: 'PostgreSQL', act: restartedDatabase },
  damage: { database: 'SQLite', act: damagedFile },
  clock: { database: 'SQLite', act: wrongClock },
}

const wanted = new Set(process.argv.slice(2))
const unknown = [...wanted].filter((name) => !(name in faults))
if (unknown.length > 0) {
  throw new Error(`There is no ${unknown.join()}, but ${Object.keys(faults).join()}`)
}
console.log(machine())
for (const [name, fault] of Object.entries(faults)) {
  if (wanted.size > 0 && !wanted.has(name)) continue
  console.log(`\n${name} (${fault.database})`)
  await run(fault)
}

async function run({ database, act }: Fault): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-faults-'))
  const postgres = database === 'PostgreSQL' ? await openOwnPostgres() : null
  if (postgres !== null && 'missing' in postgres) {
    return console.log(`Left out: ${postgres.missing}`)
  }
  const scene = await openScene(folder, postgres)
  try {
    const wrong = await act(scene)
    if ('missing' in wrong) return console.log(`Left out: ${wrong.missing}`)
    for (const each of wrong) console.log(`WRONG: ${each}`)
    console.log(wrong.length === 0 ? 'Nothing is lost.' : `${wrong.length} things are wrong.`)
    if (wrong.length > 0) process.exitCode = 1
  } finally {
    await scene.close()
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
