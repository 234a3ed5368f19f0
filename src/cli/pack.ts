// undersigned pack
import { createWriteStream } from 'node:fs'
import { access, constants, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { NamesTakenOut, openPack } from '../packs/open-pack.ts'
import { findStatement } from '../statements/find-statement.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

interface Options {
  un?: boolean
  out?: string
}

export function packCommand(): Command {
  return new Command('pack')
    .description('write letter, list, numbers and cover letters of one edition into one ZIP file')
    .argument('<slug>', 'which statement')
    .option('--un', 'instead, what the United Nations ask for of a written statement')
    .option('--out <file>', 'where to; without it SLUG-edition-N.zip in this folder')
    .action((slug: string, options: Options) => withContext((ctx) => pack(ctx, slug, options)))
}

const quietMs = 1000

async function pack(ctx: Context, slug: string, { un, out }: Options): Promise<void> {
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new UserFault(`There is no statement "${slug}".`)
  // before minutes of work
  await access(dirname(out ?? '.'), constants.W_OK).catch(() => {
    throw new UserFault(`There is no folder for "${out ?? '.'}" that can be written to.`)
  })
  const started = performance.now()
  const tell = (step: string) => {
    if (performance.now() - started > quietMs) console.error(step)
  }
  const kind = un === true ? 'un' : 'delivery'
  const opened = await openPack(ctx, statement.id, { kind, actor: 'command line', tell })
  if (opened.is === 'draft') {
    throw new UserFault(`"${slug}" is a draft: nobody can have signed it yet.`)
  }
  if (opened.is === 'busy') throw new UserFault('Too many PDF files are being made. Try again.')
  const file = out ?? opened.fileName
  await pipeline(opened.pieces, createWriteStream(file)).catch(async (fault: unknown) => {
    await rm(file, { force: true })
    if (!(fault instanceof NamesTakenOut)) throw fault
    throw new UserFault('Somebody left the list while the pack was written. Make it once more.')
  })
  const { number, counts } = opened.edition
  console.log(`${file}: edition ${number} with ${counts.total} endorsements`)
}
