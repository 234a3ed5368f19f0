// undersigned doctor [--dkim SELECTOR] [--thorough] [--seizure]
import { existsSync, readFileSync } from 'node:fs'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { checkUp } from '../doctor/check-up.ts'
import { lineOf } from '../doctor/findings.ts'
import { seize } from '../doctor/seizure.ts'
import { UserFault } from './faults.ts'

interface Options {
  dkim?: string
  thorough?: boolean
  seizure?: boolean
  lookFor?: string
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check settings, database, key, mail and its sender, disk and time')
    .option('--dkim <selector>', 'look for this key of the sender, with which mails are signed')
    .option('--thorough', 'also read a large SQLite file as a whole: about ten seconds for each GB')
    .option('--seizure', 'tell what a thief of the database would learn, by reading it like one')
    .option('--look-for <file>', 'with --seizure: also search for these texts, one in a line')
    .action((options: Options) => (options.seizure === true ? seizure(options) : examine(options)))
}

async function examine({ dkim, thorough }: Options): Promise<void> {
  const isThorough = thorough === true
  if (isThorough) console.log('Reading the whole database; a large one takes a while.')
  let problems = 0
  for await (const finding of checkUp(process.env, { selector: dkim ?? null, isThorough })) {
    console.log(lineOf(finding))
    if (!finding.isOk) problems += 1
  }
  if (problems > 0) process.exitCode = 1
}

async function seizure({ lookFor }: Options): Promise<void> {
  const { database } = readConfig(process.env)
  const wanted = lookFor === undefined ? [] : linesOf(lookFor)
  if (database.kind === 'sqlite') mustExist(database.file)
  const { lines, findings } = await seize(database, wanted)
  console.log(lines.join('\n'))
  for (const finding of findings) console.log(`FOUND  ${finding}`)
  if (findings.length > 0) {
    process.exitCode = 1
    console.log('Verdict: the database tells what it should not. Please report this as a bug.')
  } else console.log('Verdict: nothing was found that should not be there.')
}

/** Opening a database that is not there would make an empty one. */
function mustExist(file: string): void {
  if (!existsSync(file)) throw new UserFault(`${file} does not exist. Is DATABASE_URL right?`)
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
