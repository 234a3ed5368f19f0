// The commands of product.md §6. Every fault is one clear sentence and a non-zero exit.
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { bounceCommand } from './cli/bounce.ts'
import { coordinatorCommands } from './cli/coordinator.ts'
import { doctorCommand } from './cli/doctor.ts'
import { auditCommands } from './cli/audit.ts'
import { switchCommands } from './cli/switches.ts'
import { statementCommands } from './cli/statement.ts'
import { endorsementCommands } from './cli/endorsements.ts'
import { keyCommands } from './cli/key.ts'
import { siteCommands } from './cli/site.ts'
import { explainFault } from './cli/explain-fault.ts'
import { subjectCommands } from './cli/subject.ts'

const program = new Command('undersigned')
  .description('Joint statements and open letters that organisations and people endorse.')
  .version(versionFromChangelog())
  .showHelpAfterError('(add --help for what is possible)')
  .exitOverride()

for (const command of [
  ...siteCommands(),
  statementCommands(),
  endorsementCommands(),
  coordinatorCommands(),
  subjectCommands(),
  keyCommands(),
  doctorCommand(),
  bounceCommand(),
  auditCommands(),
  ...switchCommands(),
]) {
  program.addCommand(command)
}

try {
  await program.parseAsync()
} catch (fault) {
  process.exitCode = tell(fault)
}

function tell(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode
  console.error(explainFault(fault) ?? fault)
  return 1
}

/** The version is the newest one that CHANGELOG.md tells about. */
function versionFromChangelog(): string {
  const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8')
  return /^## (\d+\.\d+\.\d+)/m.exec(changelog)?.[1] ?? '0.0.0'
}
