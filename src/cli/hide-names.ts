// undersigned statement hide-names: the panic switch (product.md P-2).
import type { Context } from '../context.ts'
import { hideNames } from '../endorsements/hide-names.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import type { NamesHidden } from '../statements/tables.ts'
import { UserFault } from './faults.ts'
import { rewriteDatabase } from './rewrite-database.ts'
import { withContext } from './with-context.ts'

interface Options {
  all?: boolean
  organisations?: boolean
}

export async function hideNamesNow(slug: string | undefined, options: Options): Promise<void> {
  if ((slug === undefined) !== (options.all === true)) {
    throw new UserFault('Name one statement, or hide the names of every statement with --all.')
  }
  const whose = options.organisations === true ? 'everyone' : 'individuals'
  await withContext(async (ctx) => {
    const slugs = slug === undefined ? await everySlug(ctx) : [slug]
    for (const each of slugs) await hide(ctx, each, whose)
    await rewriteDatabase(ctx)
    console.log('The counts stay. Only endorsers can show their own names again.')
  })
}

async function everySlug(ctx: Context): Promise<string[]> {
  return (await listAllStatements(ctx.db)).map((statement) => statement.slug)
}

async function hide(ctx: Context, slug: string, whose: NamesHidden): Promise<void> {
  const names = await hideNames(ctx, slug, whose, 'command line')
  if (names === null) throw new UserFault(`There is no statement "${slug}".`)
  const of = whose === 'individuals' ? 'individuals' : 'individuals and organisations'
  console.log(`"${slug}": ${names} names of ${of} are hidden.`)
}
