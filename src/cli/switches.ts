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
      .option(
        '--extend',
        'move the deadline, or with no SLUG every deadline, by the time that signing rested',
      )
      .action(resume),
  ]
}

async function pause(name: SwitchName, slug: string | undefined): Promise<void> {
  await withContext(async (ctx) => {
    if (slug === undefined) {
      const isNew = await switchOff(ctx, name, actor)
      const paused = isNew ? 'Paused' : 'Already paused'
      console.log(`${paused} for the whole site: ${name}. Every page says so.`)
      console.log(`End it with: resume ${name}`)
      return
    }
    checkOne(name)
    const paused = await pauseSigning(ctx, slug, actor)
    if (paused === 'not-found') throw unknown(slug)
    const already = paused === 'already-paused' ? 'already ' : ''
    console.log(`Signing of "${slug}" is ${already}paused. End it with: resume signing ${slug}`)
  })
}

async function resume(
  name: SwitchName,
  slug: string | undefined,
  { extend = false }: { extend?: boolean },
): Promise<void> {
  if (slug !== undefined) return resumeOne(name, slug, extend)
  if (extend && name === 'mail') throw new UserFault('--extend is for pauses of signing.')
  await withContext(async (ctx) => {
    const resumed = await switchOn(ctx, name, extend, actor)
    if (!resumed.wasOff) return console.log(`Nothing to resume: ${name} was not paused.`)
    const moved = extend ? ` Deadlines moved by the pause: ${resumed.extended}.` : ''
    console.log(`Resumed: ${name}.${moved}`)
  })
}

async function resumeOne(name: SwitchName, slug: string, extend: boolean): Promise<void> {
  checkOne(name)
  await withContext(async (ctx) => {
    const resumed = await resumeSigning(ctx, slug, extend, actor)
    if (resumed.outcome !== 'resumed') {
      if (resumed.outcome === 'not-found') throw unknown(slug)
      return console.log(`Nothing to resume: signing of "${slug}" was not paused by itself.`)
    }
    const { closesAt } = resumed.statement
    const deadline = closesAt === null ? '' : ` It closes at ${closesAt.instant}.`
    console.log(`Signing of "${slug}" goes on.${deadline}`)
  })
}

function checkOne(name: SwitchName): void {
  if (name !== 'signing') throw new UserFault('Only signing can be paused for one statement.')
}

function unknown(slug: string): UserFault {
  return new UserFault(`There is no statement "${slug}".`)
}
