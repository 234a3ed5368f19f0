// undersigned audit verify | list
import { Command } from 'commander'
import { listLog, verifyLog } from '../audit/audit.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

export function auditCommands(): Command {
  const audit = new Command('audit').description('the audit log: verify, list')
  audit.command('verify').description('check that no entry was changed or taken out').action(verify)
  audit.command('list').description('who did what, the oldest first').action(list)
  return audit
}

async function verify(): Promise<void> {
  await withContext(async (ctx) => {
    const verified = await verifyLog(ctx.db)
    if (!verified.ok) {
      throw new UserFault(`The audit log is broken: entry ${verified.seq} ${verified.fault}.`)
    }
    console.log(`The audit log is whole: ${verified.entries} entries.`)
  })
}

async function list(): Promise<void> {
  await withContext(async (ctx) => {
    for await (const entry of listLog(ctx.db)) {
      console.log(
        `${entry.seq}\t${entry.at}\t${entry.actor}\t${entry.action}\t${entry.subject}\t${entry.detail}`,
      )
    }
  })
}
