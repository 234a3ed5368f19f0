// undersigned coordinator add
import { Command, Option } from 'commander'
import { addCoordinator, linkFor } from '../coordinators/people.ts'
import { readPerson } from '../coordinators/people-form.ts'
import { roles } from '../coordinators/roles.ts'
import { linkMinutes } from '../coordinators/sign-in.ts'
import { translator } from '../languages/languages.ts'
import { pathsUnder } from '../paths.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

export function coordinatorCommands(): Command {
  const coordinator = new Command('coordinator').description('the people of the desk')
  coordinator
    .command('add')
    .description('let somebody in; prints a link that signs them in once')
    .argument('<email>', 'their address')
    .requiredOption('--name <name>', 'as others at the desk see it')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--organisation <name>', 'for whom they work', '')
    .action(add)
  return coordinator
}

interface Typed {
  name: string
  role: string
  organisation: string
}

async function add(email: string, typed: Typed): Promise<void> {
  const read = readPerson({ email, ...typed })
  if (!read.ok) {
    const t = translator('en')
    throw new UserFault(read.faults.map(({ message }) => t(message)).join('\n'))
  }
  await withContext(async (ctx) => {
    const person = { ...read.value, language: ctx.config.defaultLanguage }
    const added = await addCoordinator(ctx, person, 'command line')
    const token = added?.token ?? (await linkFor(ctx, read.value.address))
    if (token === null) throw new Error('The coordinator is neither new nor known')
    const { desk } = pathsUnder(ctx.config.baseUrl, '')
    console.log(
      [
        added ? `Added ${email}.` : `${email} is there already; nothing was changed.`,
        `This link signs in once, within ${linkMinutes} minutes:`,
        desk.signInWith(token),
      ].join('\n'),
    )
  })
}
