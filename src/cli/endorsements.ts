// undersigned endorsements export | import
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { recordCopy } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { internalCsv, internalJson } from '../endorsements/internal-list.ts'
import { formatsOf } from '../languages/formats.ts'
import { formats, type ListFormat, listFormats } from '../documents/formats.ts'
import { listDocument } from '../documents/list-document.ts'
import { noFilters } from '../signatories/list.ts'
import { findStatement } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { UserFault } from './faults.ts'
import { importCommand } from './import-sign-ons.ts'
import { withContext } from './with-context.ts'

export function endorsementCommands(): Command {
  const endorsements = new Command('endorsements').description('endorsements: export, import')
  endorsements
    .command('export')
    .description('write the public signatory list, the same as on the site, or the internal one')
    .argument('<slug>', 'which statement')
    .addOption(
      new Option('--format <format>', 'the internal list is csv or json')
        .choices(listFormats)
        .default('csv'),
    )
    .option('--internal', 'with what only coordinators may see: every state, names, contacts')
    .option('--out <file>', 'write to a file instead of the screen')
    .action(exportList)
  endorsements.addCommand(importCommand())
  return endorsements
}

async function exportList(
  slug: string,
  options: { format: ListFormat; out?: string; internal?: boolean },
): Promise<void> {
  await withContext(async (ctx) => {
    const statement = await findStatement(ctx.db, slug)
    if (!statement) throw new UserFault(`There is no statement "${slug}".`)
    const { format, internal = false } = options
    const entry = { actor: 'command line', action: 'list exported', subject: slug } as const
    await recordCopy(ctx, { ...entry, detail: internal ? { format, internal } : { format } })
    const lines = Readable.from(
      internal
        ? internalLines(ctx, statement, format)
        : formats[format].write(await publicList(ctx, statement)),
    )
    if (options.out === undefined) await pipeline(lines, process.stdout, { end: false })
    else await pipeline(lines, createWriteStream(options.out))
  })
}

function publicList(ctx: Context, statement: Statement) {
  const language = ctx.config.defaultLanguage
  return listDocument(ctx, { statement, language, filters: noFilters })
}

function internalLines(ctx: Context, statement: Statement, format: ListFormat) {
  if (format !== 'csv' && format !== 'json') {
    throw new UserFault('The internal list is written as csv or json.')
  }
  const countryName = (code: string) => formatsOf(ctx.config.defaultLanguage).country(code)
  return (format === 'csv' ? internalCsv : internalJson)(ctx, { statement, countryName })
}
