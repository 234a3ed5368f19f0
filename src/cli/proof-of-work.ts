// undersigned statement proof-of-work SLUG on | off
import { Argument, Command } from 'commander'
import { askForProof } from '../abuse/ask-for-proof.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

export function proofOfWorkCommand(): Command {
  return new Command('proof-of-work')
    .description('under attack: ask visitors with JavaScript for a short calculation; others pass')
    .argument('<slug>', 'which statement')
    .addArgument(new Argument('<switch>', 'on or off').choices(['on', 'off']))
    .action(change)
}

async function change(slug: string, position: 'on' | 'off'): Promise<void> {
  await withContext(async (ctx) => {
    const changed = await askForProof(ctx, slug, position === 'on', 'command line')
    switch (changed) {
      case 'changed':
        return console.log(`Proof of work on "${slug}" is ${position}.`)
      case 'unchanged':
        return console.log(`Proof of work on "${slug}" is already ${position}.`)
      case 'not-found':
        throw new UserFault(`There is no statement "${slug}".`)
    }
  })
}
