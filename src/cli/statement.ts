// undersigned statement import | export | open | close; further ones have files of their own
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { issueEditions } from '../editions/close-editions.ts'
import { type Imported, importStatement, type NotImported } from '../statements/import-statement.ts'
import type { FrozenChange } from '../statements/import-texts.ts'
import { closeStatement, openStatement } from '../statements/open-and-close.ts'
import { readStatementFolder, writeStatementFiles } from '../statements/statement-file.ts'
import { findStatement } from '../statements/find-statement.ts'
import { embargoAt, type Statement, statusAt } from '../statements/stored-statement.ts'
import { checkLine } from '../text/names.ts'
import { UserFault } from './faults.ts'
import { hideNamesNow } from './hide-names.ts'
import { proofOfWorkCommand } from './proof-of-work.ts'
import { protectCommand } from './protect.ts'
import { withContext } from './with-context.ts'

export function statementCommands(): Command {
  const statement = new Command('statement').description('statements: import, export, open, close')
  statement
    .command('import')
    .description('read a folder of Markdown files, one for each language; importing twice updates')
    .argument('<dir>', 'the folder')
    .option('--correction <what>', 'endorsed texts lose small mistakes; say in public which')
    .option('--new-text <what>', 'endorsed texts say something new; all who endorsed are asked')
    .action(importFolder)
  statement
    .command('export')
    .description('write a statement as files, the way it can be imported')
    .argument('<slug>', 'which statement')
    .argument('<dir>', 'the folder to write to; it is made when missing')
    .action(exportFolder)
  statement
    .command('open')
    .description('open a statement for endorsement now')
    .argument('<slug>', 'which statement')
    .action(open)
  statement
    .command('close')
    .description('close a statement now; what was signed can be confirmed for 24 hours more')
    .argument('<slug>', 'which statement')
    .action(close)
  statement.addCommand(protectCommand())
  statement.addCommand(proofOfWorkCommand())
  statement
    .command('hide-names')
    .description('take the names out of public view at once; only endorsers can show theirs again')
    .argument('[slug]', 'which statement')
    .option('--all', 'of every statement')
    .option('--organisations', 'those of organisations too, not only of individuals')
    .action(hideNamesNow)
  return statement
}

interface ImportOptions {
  correction?: string
  newText?: string
}

async function importFolder(dir: string, options: ImportOptions): Promise<void> {
  const change = frozenChange(options)
  const read = await readStatementFolder(dir)
  if (!read.ok) {
    const lines = read.faults.map(({ file, line, message }) =>
      line === null ? `${file}: ${message}` : `${file}:${line}: ${message}`,
    )
    throw new UserFault(`${lines.join('\n')}\nNothing was imported.`)
  }
  await withContext(async (ctx) => {
    const imported = await importStatement(ctx, read.statement, 'command line', change)
    if (imported.outcome !== 'imported') throw new UserFault(refusal(imported))
    const statement = await findStatement(ctx.db, imported.slug)
    if (statement) console.log(told(imported, statement, ctx.clock.now(), ctx.config.baseUrl))
  })
}

function frozenChange({ correction, newText }: ImportOptions): FrozenChange | null {
  if (correction !== undefined && newText !== undefined) {
    throw new UserFault('Give either --correction or --new-text, not both.')
  }
  const said = correction ?? newText
  if (said === undefined) return null
  const reason = checkLine(said, 300)
  if (!reason.ok || reason.value === '') {
    throw new UserFault('Say in one line, with at most 300 characters, what has changed.')
  }
  return { kind: correction === undefined ? 'new-text' : 'correction', reason: reason.value }
}

function refusal({ outcome, slug, languages }: NotImported): string {
  const texts = languages.join(', ')
  switch (outcome) {
    case 'frozen':
      return (
        `"${slug}" has been endorsed, so its text is frozen, and it is different in: ${texts}. ` +
        'For small mistakes add --correction "what was corrected". If it says something new, add ' +
        '--new-text "what has changed": everyone who endorsed is then asked by mail whether they ' +
        'stand behind it. Both are shown in public. Nothing was imported.'
      )
    case 'nothing-new':
      return (
        `A new text of "${slug}" begins with its authoritative text; a translation only follows. ` +
        `Add --correction instead for: ${texts}. Nothing was imported.`
      )
  }
}

function told(imported: Imported, statement: Statement, now: Date, baseUrl: string): string {
  const { slug, isNew, changedTexts, droppedLanguages } = imported
  const texts =
    changedTexts.length === 0
      ? 'No text has changed.'
      : `New text versions: ${changedTexts.join(', ')}.`
  const dropped =
    droppedLanguages.length === 0 ? [] : [`No longer shown: ${droppedLanguages.join(', ')}.`]
  const isDraft = statusAt(statement, now) === 'draft'
  const next = isDraft
    ? `It is a draft. Open it with: npm run undersigned -- statement open ${slug}` +
      (statement.opensAt ? ` (or wait until ${statement.opensAt.instant})` : '')
    : `See ${baseUrl}/statements/${slug}${silenceOf(statement, now)}`
  return [`${isNew ? 'Imported' : 'Updated'} "${slug}".`, texts, ...dropped, next].join('\n')
}

/** To be put behind its address. */
function silenceOf(statement: Statement, now: Date): string {
  const until = embargoAt(statement, now)
  return until === null ? '' : ` (under embargo: nothing is public before ${until.instant})`
}

async function exportFolder(slug: string, dir: string): Promise<void> {
  await withContext(async (ctx) => {
    const statement = await findStatement(ctx.db, slug)
    if (!statement) throw unknown(slug)
    mkdirSync(dir, { recursive: true })
    for (const { name, content } of writeStatementFiles(statement)) {
      writeFileSync(join(dir, name), content)
      console.log(`Wrote ${join(dir, name)}`)
    }
  })
}

async function open(slug: string): Promise<void> {
  await withContext(async (ctx) => {
    const opened = await openStatement(ctx, slug, 'command line')
    switch (opened) {
      case 'opened':
      case 'already-open': {
        const already = opened === 'already-open' ? 'already ' : ''
        const statement = await findStatement(ctx.db, slug)
        const silence = statement ? silenceOf(statement, ctx.clock.now()) : ''
        const address = `${ctx.config.baseUrl}/statements/${slug}`
        console.log(`"${slug}" is ${already}open: ${address}${silence}`)
        return
      }
      case 'deadline-passed':
        throw new UserFault(
          `The closing time of "${slug}" has passed. Write a later closes_at into its file, ` +
            'import it again, then open it.',
        )
      case 'ended':
        throw new UserFault(`"${slug}" has been delivered, archived or taken down.`)
      case 'not-found':
        throw unknown(slug)
    }
  })
}

async function close(slug: string): Promise<void> {
  await withContext(async (ctx) => {
    const closed = await closeStatement(ctx, slug, 'command line')
    switch (closed) {
      case 'closed':
        // the site would find it due, too, some seconds later
        await issueEditions(ctx)
        console.log(`"${slug}" is closed. What was signed can be confirmed for 24 hours more.`)
        return
      case 'already-closed':
        console.log(`"${slug}" is already closed.`)
        return
      case 'not-open':
        throw new UserFault(`"${slug}" is not open, so it cannot be closed.`)
      case 'not-found':
        throw unknown(slug)
    }
  })
}

function unknown(slug: string): UserFault {
  return new UserFault(
    `There is no statement "${slug}". Import it first: npm run undersigned -- statement import DIR`,
  )
}
