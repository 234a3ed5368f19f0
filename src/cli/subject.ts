// undersigned subject export | erase
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { eraseSubject, exportSubject, findSubject, type Subject } from '../endorsements/subject.ts'
import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { UserFault } from './faults.ts'
import { rewriteDatabase } from './rewrite-database.ts'
import { withContext } from './with-context.ts'

const whose = 'the address, in any spelling; - reads it from the input, so that no shell keeps it'

export function subjectCommands(): Command {
  const subject = new Command('subject').description("a person's own data: export, erase")
  subject
    .command('export')
    .description('all that is stored about one e-mail address, as JSON')
    .argument('<email>', whose)
    .option('--out <file>', 'write to a file (mode 600) instead of the screen')
    .action(exportOne)
  subject
    .command('erase')
    .description('take everything of one e-mail address out of public view and delete it')
    .argument('<email>', whose)
    .option('--yes', 'do not ask')
    .action(eraseOne)
  return subject
}

async function exportOne(email: string, options: { out?: string }): Promise<void> {
  const address = await readAddress(email)
  await withContext(async (ctx) => {
    const json = `${JSON.stringify(await exportSubject(ctx, address, 'command line'), null, 2)}\n`
    if (options.out === undefined) process.stdout.write(json)
    else writeFileSync(options.out, json, { mode: 0o600 })
  })
}

async function eraseOne(email: string, options: { yes?: boolean }): Promise<void> {
  const address = await readAddress(email)
  await withContext(async (ctx) => {
    const subject = await findSubject(ctx, address)
    console.log(told(subject))
    if (isNothing(subject)) return
    if (options.yes !== true && !(await agrees())) {
      console.log('Nothing was erased.')
      return
    }
    const erased = await eraseSubject(ctx, address, 'command line')
    await rewriteDatabase(ctx)
    console.log(`Erased: ${erased} ${erased === 1 ? 'endorsement' : 'endorsements'}.`)
    console.log(
      'Backups made before still hold them; delete those, or erase again after restoring.',
    )
  })
}

async function readAddress(email: string): Promise<EmailAddress> {
  const address = parseEmailAddress(email === '-' ? await text(process.stdin) : email)
  if (!address.ok) throw new UserFault('This is not an e-mail address.')
  return address.value
}

function isNothing({ endorsements, invitations, sheets, mails }: Subject): boolean {
  const atTheDesk = invitations.invitations.length + sheets.length
  return endorsements.length + atTheDesk + mails.outbox.length + mails.mailbox.length === 0
}

/** What will go, without a name: whoever looks over the shoulder learns nothing new. */
function told(subject: Subject): string {
  const { endorsements, invitations, sheets, mails, suppressed } = subject
  const found = endorsements.map(
    ({ statement, endorsement: { type, state, visibility } }) =>
      `  "${statement.slug}": ${type}, ${state}, ${visibility}`,
  )
  const kept = suppressed.map(
    (slug) => `Stays: the mark that this address gets no mail about "${slug}".`,
  )
  if (isNothing(subject))
    return ['Nothing is stored that this address leads to.', ...kept].join('\n')
  return [
    `Will be erased: ${endorsements.length} endorsements, with their evidence of consent:`,
    ...found,
    `and ${mails.outbox.length} waiting mails, ${invitations.invitations.length} invitations, ${sheets.length} lists waiting to be imported.`,
    'This cannot be undone.',
    ...kept,
  ].join('\n')
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserFault('Nothing was erased: there is nobody to ask. Add --yes if you are sure.')
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await asking.question('Erase all of this? Type "yes": ')).trim().toLowerCase() === 'yes'
  } finally {
    asking.close()
  }
}
