// The commands, on a database with a million names.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvLine } from '../../src/text/csv.ts'
import { nextPerson } from '../people.ts'
import { slug } from '../prepare.ts'
import type { Settings } from '../start.ts'
import { mustBe, say } from './say.ts'

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const columns = ['type', 'name', 'country', 'email', 'contact_name', 'visibility'] as const

interface Ran {
  seconds: number
  code: number | null
  said: string
}

export async function run(settings: Settings, ...args: string[]): Promise<Ran> {
  const started = performance.now()
  const env = { PATH: process.env['PATH'] ?? '', ...settings }
  const child = spawn(process.execPath, [cli, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const piece of child.stdout) said += String(piece)
  if (child.exitCode === null) await once(child, 'exit')
  return { seconds: (performance.now() - started) / 1000, code: child.exitCode, said }
}

/** Nobody answers at the mail server: that is told as a problem, and it is the only one. */
export async function checkUp(settings: Settings): Promise<void> {
  const without = { ...settings, NODE_ENV: 'test', SMTP_URL: '' }
  for (const args of [['doctor'], ['doctor', '--thorough']]) {
    const { seconds, said } = await run(without, ...args)
    const problems = said.split('\n').filter((line) => line.startsWith('PROBLEM'))
    say(args.join(' '), `${seconds.toFixed(1)} s${problems.map((line) => `; ${line}`).join('')}`)
  }
}

export async function bringIn(folder: string, settings: Settings, rows: number): Promise<void> {
  const file = join(folder, 'sheet.csv')
  const lines = Array.from({ length: rows }, () => {
    const person = nextPerson()
    const fields: Record<string, string> = { ...person, email: `imported-${person['email'] ?? ''}` }
    return csvLine(columns.map((column) => fields[column] ?? ''))
  })
  writeFileSync(file, csvLine([...columns]) + lines.join(''))
  const how = ['--confirmed', '--evidence', 'Letters', '--json']
  const { seconds, code, said } = await run(settings, 'endorsements', 'import', slug, file, ...how)
  mustBe('the exit code of the import', code ?? -1, 0)
  say(
    `import of ${rows}`,
    `${seconds.toFixed(1)} s; ${said.trim().slice(0, 90)}`,
    'under 60 s for 100,000',
  )
}

export async function copyTo(settings: Settings, url: string): Promise<void> {
  const from = settings['DATABASE_URL'] ?? ''
  const { seconds, code } = await run(settings, 'copy-database', from, url)
  mustBe('the exit code of copy-database', code ?? -1, 0)
  say('copy-database to PostgreSQL', `${seconds.toFixed(1)} s`)
}
