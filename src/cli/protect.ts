// undersigned statement protect
import { Command } from 'commander'
import { changeProtectedNames, listProtectedNames } from '../abuse/protect-names.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

interface Options {
  list?: true
  remove?: true
  site?: true
}

export function protectCommand(): Command {
  return new Command('protect')
    .description('hold who signs with one of these names, or one that looks like it, for review')
    .argument('[words...]', 'SLUG NAME…, or with --site only NAME…')
    .option('--site', 'for every statement')
    .option('--list', 'only show which names are protected')
    .option('--remove', 'protect these names no longer')
    .action(protect)
}

async function protect(words: string[], options: Options): Promise<void> {
  const slug = options.site ? null : (words[0] ?? null)
  const names = (options.site ? words : words.slice(1)).map((name) => name.trim()).filter(Boolean)
  if (slug === null && !options.site) throw new UserFault('Name a statement, or use --site.')
  if (names.length === 0 && !options.list) throw new UserFault('Name at least one name, or --list.')
  await withContext(async (ctx) => {
    const change = options.remove ? { add: [], remove: names } : { add: names, remove: [] }
    const now = options.list
      ? await listProtectedNames(ctx, slug)
      : await changeProtectedNames(ctx, slug, change, 'command line')
    if (now === null) throw new UserFault(`There is no statement "${slug}".`)
    console.log(told(slug, now))
  })
}

function told(slug: string | null, names: string[]): string {
  const where = slug === null ? 'On every statement' : `On "${slug}"`
  if (names.length === 0) return `${where} no further names are protected.`
  return [`${where} these names are protected:`, ...names.map((name) => `  ${name}`)].join('\n')
}
