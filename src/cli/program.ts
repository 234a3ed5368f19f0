// All commands of product.md §6.
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { backupCommands } from './backup.ts'
import { bounceCommand } from './bounce.ts'
import { coordinatorCommands } from './coordinator.ts'
import { doctorCommand } from './doctor.ts'
import { editionCommands } from './edition.ts'
import { packCommand } from './pack.ts'
import { auditCommands } from './audit.ts'
import { switchCommands } from './switches.ts'
import { statementCommands } from './statement.ts'
import { endorsementCommands } from './endorsements.ts'
import { keyCommands } from './key.ts'
import { siteCommands } from './site.ts'
import { subjectCommands } from './subject.ts'

export function makeProgram(): Command {
  const program = new Command('undersigned')
    .description('Joint statements and open letters that organisations and people endorse.')
    .version(versionFromChangelog())
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride()

  for (const command of [
    ...siteCommands(),
    statementCommands(),
    endorsementCommands(),
    ...editionCommands(),
    packCommand(),
    coordinatorCommands(),
    subjectCommands(),
    keyCommands(),
    ...backupCommands(),
    doctorCommand(),
    bounceCommand(),
    auditCommands(),
    ...switchCommands(),
  ]) {
    program.addCommand(command)
  }
  return program
}

/** The version is the newest one that CHANGELOG.md tells about. */
function versionFromChangelog(): string {
  const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8')
  return /^## (\d+\.\d+\.\d+)/m.exec(changelog)?.[1] ?? '0.0.0'
}
