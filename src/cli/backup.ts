// undersigned backup | restore | copy-database
import { Command } from 'commander'
import { backUp } from '../backups/backup.ts'
import { moveBetween } from '../backups/copy-between.ts'
import type { Contents } from '../backups/examine.ts'
import { restore } from '../backups/restore.ts'
import { readConfig } from '../config.ts'

interface Options {
  force?: boolean
}

const force = ['--force', 'overwrite what is there'] as const

export function backupCommands(): Command[] {
  return [
    new Command('backup')
      .description('the whole database as one file, while the site runs')
      .argument('<file>', 'where to; an SQLite database, with PostgreSQL as well')
      .option(...force)
      .action(backUpTo),
    new Command('restore')
      .description('bring a backup back; stop the site before')
      .argument('<file>', 'what "backup" has written')
      .option(...force)
      .action(restoreFrom),
    new Command('copy-database')
      .description('move from SQLite to PostgreSQL or back; run it again if interrupted')
      .argument('<from>', 'as in DATABASE_URL, for example sqlite:var/undersigned.db')
      .argument('<to>', 'for example postgres://user:password@host/name')
      .option(...force)
      .action(copyFrom),
  ]
}

async function backUpTo(file: string, options: Options): Promise<void> {
  const contents = await backUp(readConfig(process.env), file, told(options))
  console.log(`${file} is written and checked. ${listed(contents)}`)
}

async function restoreFrom(file: string, options: Options): Promise<void> {
  await restore(readConfig(process.env), file, {
    ...told(options),
    found: (contents) => console.log(`The backup is whole. ${listed(contents)}`),
  })
  console.log(
    'It is restored. Who withdrew or was erased after it was made is there again: ' +
      'take them out before you start the site.',
  )
}

async function copyFrom(from: string, to: string, options: Options): Promise<void> {
  const rows = await moveBetween(databaseAt(from), databaseAt(to), told(options))
  console.log(
    `Copied: ${rows} rows, each of them compared. Now set DATABASE_URL to the new database; ` +
      'the secret key stays the same.',
  )
}

const databaseAt = (url: string) => readConfig({ DATABASE_URL: url }).database

function listed({ statements, endorsements, confirmed, asOf }: Contents): string {
  const last = asOf === null ? '' : `; the last change is of ${asOf}`
  return (
    `Statements: ${statements}; endorsements: ${endorsements}, ` +
    `of which confirmed: ${confirmed}${last}.`
  )
}

const told = (options: Options) => ({ force: options.force === true, progress: teller() })

/** One line a second at most. */
function teller() {
  let last = performance.now()
  return (text: string) => {
    if (performance.now() - last < 1000) return
    last = performance.now()
    console.log(`  ${text}`)
  }
}
