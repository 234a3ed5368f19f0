// The program of product.md §6. Every fault is one clear sentence and a non-zero exit.
import { CommanderError } from 'commander'
import { explainFault } from './cli/explain-fault.ts'
import { makeProgram } from './cli/program.ts'

try {
  await makeProgram().parseAsync()
} catch (fault) {
  process.exitCode = tell(fault)
}

function tell(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode
  console.error(explainFault(fault) ?? fault)
  return 1
}
