// undersigned pause | resume signing [SLUG] / writing / mail
import { Argument, Command } from 'commander'
import { pauseSigning, resumeSigning } from '../statements/pause.ts'
import { switchOff, switchOn } from '../switches/switches.ts'
import type { SwitchName } from '../switches/tables.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

const what = () => new Argument('<what>', 'what').choices(['signing', 'writing', 'mail'])
const actor = 'command line'

export function switchCommands(): Command[] {
  return [
    new Command('pause')
      .description('signing (of one statement or all), all writing, or the sending of mail')
      .addArgument(what())
      .argument('[slug]', 'only this statement (signing)')
      .action(pause),
    new Command('resume')
      .description('end a pause')
      .addArgument(what())
      .argument('[slug]', 'only this statement (signing)')
      .option('--extend', 'move the deadline of the statement by the time that signing rested')
      .action(resume),
  ]
}

async function pause(name: SwitchName, slug: string | undefined): Promise<void> {
  await withContext(async (ctx) => {
    if (slug === undefined) {
      await switchOff(ctx, name, actor)
      console.log(
        `Paused for the whole site: ${name}. Every page says so. End it with: resume ${name}`,
      )
      return
    }
    checkOne(name)
    if (!(await pauseSigning(ctx, slug, actor))) throw unknown(slug)
    console.log(`Signing of "${slug}" is paused. End it with: resume signing ${slug}`)
  })
}

async function resume(
  name: SwitchName,
  slug: string | undefined,
  options: { extend?: boolean },
): Promise<void> {
  await withContext(async (ctx) => {
    if (slug === undefined) {
      if (options.extend) throw new UserFault('--extend needs the statement whose deadline moves.')
      const wasOff = await switchOn(ctx, name, actor)
      console.log(wasOff ? `Resumed: ${name}.` : `Nothing to resume: ${name} was not paused.`)
      return
    }
    checkOne(name)
    const resumed = await resumeSigning(ctx, slug, options.extend === true, actor)
    if (!resumed) throw unknown(slug)
    const deadline = resumed.closesAt === null ? '' : ` It closes at ${resumed.closesAt.instant}.`
    console.log(`Signing of "${slug}" goes on.${deadline}`)
  })
}

function checkOne(name: SwitchName): void {
  if (name !== 'signing') throw new UserFault('Only signing can be paused for one statement.')
}

function unknown(slug: string): UserFault {
  return new UserFault(`There is no statement "${slug}".`)
}
