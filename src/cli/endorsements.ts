// undersigned endorsements export | import
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { recordCopy } from '../audit/audit.ts'
import { formatsOf } from '../languages/formats.ts'
import { csvFile, jsonFile } from '../signatories/files.ts'
import { findStatement } from '../statements/find-statement.ts'
import { UserFault } from './faults.ts'
import { importCommand } from './import-sign-ons.ts'
import { withContext } from './with-context.ts'

export function endorsementCommands(): Command {
  const endorsements = new Command('endorsements').description('endorsements: export, import')
  endorsements
    .command('export')
    .description('write the public signatory list, the same as on the site')
    .argument('<slug>', 'which statement')
    .addOption(
      new Option('--format <format>', 'csv or json').choices(['csv', 'json']).default('csv'),
    )
    .option('--out <file>', 'write to a file instead of the screen')
    .action(exportList)
  endorsements.addCommand(importCommand())
  return endorsements
}

async function exportList(
  slug: string,
  options: { format: 'csv' | 'json'; out?: string },
): Promise<void> {
  await withContext(async (ctx) => {
    const statement = await findStatement(ctx.db, slug)
    if (!statement) throw new UserFault(`There is no statement "${slug}".`)
    const language = ctx.config.defaultLanguage
    const file = {
      statement,
      language,
      countryName: (code: string) => formatsOf(language).country(code),
      filters: { q: null, type: null, country: null },
      now: ctx.clock.now(),
    }
    const entry = { actor: 'command line', action: 'list exported', subject: slug } as const
    await recordCopy(ctx, { ...entry, detail: { format: options.format } })
    const lines = Readable.from((options.format === 'csv' ? csvFile : jsonFile)(ctx.db, file))
    if (options.out === undefined) await pipeline(lines, process.stdout, { end: false })
    else await pipeline(lines, createWriteStream(options.out))
  })
}
