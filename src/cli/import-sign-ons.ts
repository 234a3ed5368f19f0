// undersigned endorsements import: the same as at the desk.
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import { type Field, guessMapping, isField, type Mapping, mappedBy } from '../imports/columns.ts'
import { importSignOns, mayImport } from '../imports/import-sign-ons.ts'
import { openPause } from '../imports/pause.ts'
import { type Plan, planImport } from '../imports/plan-import.ts'
import { problemsOf, sheetFaultMessage } from '../imports/problem-messages.ts'
import { readCapped } from '../imports/read-capped.ts'
import { readSheet } from '../imports/read-sheet.ts'
import { isLanguage, translator } from '../languages/languages.ts'
import { findStatement } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

interface Options {
  map?: string
  dryRun?: boolean
  json?: boolean
  confirmed?: boolean
  evidence?: string
}

const t = translator('en')
const longestEvidence = 500

export function importCommand(): Command {
  return new Command('import')
    .description(
      'bring in sign-ons that came by form, sheet or mail; each gets a confirmation mail',
    )
    .argument('<slug>', 'which statement')
    .argument('<file>', 'CSV or XLSX, from a form tool or with our own columns')
    .option(
      '--map <file>',
      'JSON: which heading is which field, e.g. {"Group": "name"}; null: none',
    )
    .option('--dry-run', 'only tell what would happen')
    .option('--json', 'tell it as JSON')
    .option('--confirmed', 'you confirm them yourself: no mails; needs --evidence')
    .option('--evidence <text>', 'how you know, and where that is kept')
    .action(bring)
}

async function bring(slug: string, file: string, options: Options): Promise<void> {
  const evidence = evidenceOf(options)
  await withContext(async (ctx) => {
    const statement = await findStatement(ctx.db, slug)
    if (!statement) throw new UserFault(`There is no statement "${slug}".`)
    if (options.dryRun !== true) checkTime(ctx, statement, evidence !== null)
    const { sheet, hash } = await readFile(file)
    const mapping = mappingOf(sheet.headings, statement, options.map)
    const language = languageOf(ctx, statement)
    const rules = { statement, mapping, isConfirmed: evidence !== null, language }
    const plan = await planImport(ctx, sheet, rules, progress('read'))
    if (options.dryRun !== true) {
      const wanted = {
        statement,
        plan,
        evidence,
        source: 'file',
        hash,
        actor: 'command line',
      } as const
      const imported = await importSignOns(ctx, wanted, progress('brought in'))
      if (imported.outcome === 'closed') throw closed(slug, evidence !== null)
    }
    if (options.json === true) console.log(JSON.stringify(jsonOf(plan, mapping)))
    else tell(plan, mapping, options)
  })
}

function evidenceOf({ confirmed, evidence }: Options): string | null {
  const text = (evidence ?? '').trim()
  if (confirmed !== true) {
    if (evidence !== undefined) throw new UserFault('--evidence belongs to --confirmed.')
    return null
  }
  if (text === '') {
    throw new UserFault(
      '--confirmed needs --evidence "…": how you know that they signed, and where that is kept.',
    )
  }
  if (text.length > longestEvidence) {
    throw new UserFault(`The evidence is too long: at most ${longestEvidence} characters.`)
  }
  return text
}

function checkTime(ctx: Context, statement: Statement, isConfirmed: boolean): void {
  if (!mayImport(statement, isConfirmed, ctx.clock.now())) throw closed(statement.slug, isConfirmed)
}

function closed(slug: string, isConfirmed: boolean): UserFault {
  const open = isConfirmed ? 'has not been open' : 'is not open'
  return new UserFault(
    `"${slug}" ${open} for signing. Open it with: statement open ${slug}. See what an import would do with --dry-run.`,
  )
}

async function readFile(file: string) {
  if (statSync(file).isDirectory()) throw new UserFault(`${file} is a folder, not a file.`)
  const read = await readSheet(await readCapped(createReadStream(file)))
  if (!read.ok) throw new UserFault(sheetFaultMessage(read, t))
  return read
}

/** The endorsers' language is not known: the statement's, where the site speaks it. */
function languageOf({ config }: Context, { authoritative }: Statement): string {
  return isLanguage(authoritative) ? authoritative : config.defaultLanguage
}

function mappingOf(headings: string[], statement: Statement, file: string | undefined): Mapping {
  const guessed = guessMapping(headings, typesFor(statement))
  const mapping = file === undefined ? guessed : mappedBy(headings, guessed, readMap(file))
  if ('missing' in mapping) {
    throw new UserFault(
      `The sheet has no column "${mapping.missing}". It has: ${headings.join(', ')}.`,
    )
  }
  if (!mapping.fields.includes('name')) {
    throw new UserFault(
      `No column is recognised as the name. Say which one it is with --map FILE, e.g. {"${headings[0] ?? ''}": "name"}.`,
    )
  }
  return mapping
}

function readMap(file: string): Record<string, Field | null> {
  const text = readFileSync(file, 'utf8')
  const fault = new UserFault(
    `${file} must be JSON with a field for each heading, e.g. {"Group": "name", "Notes": null}.`,
  )
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    throw fault
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw fault
  return Object.fromEntries(
    Object.entries(said).map(([heading, field]: [string, unknown]) => {
      if (field === null || field === '') return [heading, null]
      if (typeof field !== 'string' || !isField(field)) {
        throw new UserFault(`${file}: ${JSON.stringify(field)} is no field that can be brought in.`)
      }
      return [heading, field]
    }),
  )
}

const progress = (what: string) =>
  openPause((done) => process.stderr.write(`${done} rows ${what} …\n`))

function jsonOf({ numbers, planned }: Plan, { type }: Mapping) {
  const problems = planned.flatMap((row) =>
    row.outcome === 'invalid'
      ? problemsOf(row.faults, row.values, type, t).map((problem) => ({ row: row.row, ...problem }))
      : [],
  )
  return { ...numbers, problems }
}

function tell(plan: Plan, mapping: Mapping, { dryRun, confirmed }: Options): void {
  for (const row of plan.planned) {
    if (row.outcome === 'duplicate') console.log(`Row ${row.row}: ${whose(row.of, 'duplicate')}`)
    if (row.outcome === 'similar') console.log(`Row ${row.row}: ${whose(row.of, 'similar')}`)
  }
  for (const { row, field, reason } of jsonOf(plan, mapping).problems) {
    console.log(`Row ${row}, ${field}: ${reason}`)
  }
  const { numbers: n } = plan
  console.log(
    `${n.rows} rows: ${n.new} new, ${n.similar} similar, ${n.duplicate} duplicate, ${n.invalid} invalid, ${n.blank} blank.`,
  )
  if (dryRun === true) return console.log('Nothing was changed (--dry-run).')
  const added = n.new + n.similar
  const what = confirmed === true ? 'are confirmed, with your evidence' : 'get a confirmation mail'
  console.log(`Brought in: ${added} sign-ons, which ${what}. The similar ones wait for review.`)
}

function whose(of: number | null, what: 'duplicate' | 'similar'): string {
  return of === null ? t(`desk.imports.${what}.there`) : t(`desk.imports.${what}.row`, { row: of })
}
