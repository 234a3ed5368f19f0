// Use case: a folder of statement files becomes a statement, or updates it (product.md §5, §6).
import { isDeepStrictEqual } from 'node:util'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { StatementFile } from './statement.ts'
import {
  findStatement,
  findStatementById,
  lockStatement,
  writeStatement,
  writeTopics,
} from './statement-store.ts'
import type { Statement } from './stored-statement.ts'
import { dropLanguageVersion } from './text-store.ts'
import {
  type ChangedTexts,
  firstText,
  type FrozenChange,
  type PlannedText,
  planTexts,
  type RefusedTexts,
  writeTexts,
} from './import-texts.ts'

export interface Imported {
  outcome: 'imported'
  slug: string
  isNew: boolean
  /** languages whose text is new or changed, and so got a new text version */
  changedTexts: string[]
  /** languages that were there before and are no longer in the folder */
  droppedLanguages: string[]
}

/** Nothing was imported. */
export interface NotImported extends RefusedTexts {
  slug: string
}

/**
 * All or nothing; an unchanged text makes no new text version.
 * @param change what a frozen text is changed as; null refuses to change one (product.md C-7)
 */
export async function importStatement(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  file: StatementFile,
  actor = 'system',
  change: FrozenChange | null = null,
): Promise<Imported | NotImported> {
  const { slug } = file
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockStatement(tx, slug)
    const planned = await planTexts(tx, file, before, change)
    if (planned.outcome !== 'planned') return { ...planned, slug }
    const id = before?.id ?? ctx.random.id()
    const texts = await writeFile(tx, ctx, id, file, before, planned.texts)
    const droppedLanguages = droppedFrom(before, file)
    for (const language of droppedLanguages) await dropLanguageVersion(tx, id, language)
    const isNew = before === null
    const settings = before ? changedSettings(before, file) : []
    const detail = detailOf({ isNew, ...texts, droppedLanguages, settings })
    if (detail !== null) {
      await record(tx, ctx, { actor, action: 'statement imported', subject: slug, detail })
    }
    const changedTexts = texts.numbers.map(({ language }) => language)
    return { outcome: 'imported', slug, isNew, changedTexts, droppedLanguages }
  })
}

async function writeFile(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  id: string,
  file: StatementFile,
  before: Statement | null,
  texts: PlannedText[],
): Promise<ChangedTexts> {
  const now = ctx.clock.now().toISOString()
  await writeStatement(tx, { ...settingsOf(file), ...historyOf(before, now), id })
  await writeTopics(tx, id, file.topics)
  return writeTexts(tx, ctx, id, texts)
}

/**
 * A new draft, with the first free address that begins as `file.slug`.
 * @returns its slug; null when this id is there already, because the form was sent twice
 */
export async function createStatement(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  id: string,
  file: StatementFile,
  actor: string,
): Promise<string | null> {
  if ((await findStatementById(tx, id)) !== null) return null
  const slug = await freeSlug(tx, file.slug)
  const texts = file.versions.map(firstText)
  await writeFile(tx, ctx, id, { ...file, slug }, null, texts)
  await record(tx, ctx, { actor, action: 'statement created', subject: slug })
  return slug
}

async function freeSlug(tx: Db, wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`
    // /desk/statements/new is the page for a new one; of “site” the audit log says what was done to all
    if (slug !== 'new' && slug !== 'site' && (await findStatement(tx, slug)) === null) return slug
  }
}

function droppedFrom(before: Statement | null, file: StatementFile): string[] {
  const kept = new Set(file.versions.map(({ language }) => language))
  return (before?.versions ?? [])
    .map(({ language }) => language)
    .filter((language) => !kept.has(language))
}

function changedSettings(before: Statement, file: StatementFile): string[] {
  const settings = Object.entries(settingsOf(file))
  return settings
    .filter(([name, value]) => !isDeepStrictEqual(value, before[name as keyof Statement]))
    .map(([name]) => name)
}

/** For the audit log, which knows no words of a statement; null when nothing has changed. */
function detailOf(changes: {
  isNew: boolean
  numbers: ChangedTexts['numbers']
  shownAgain: string[]
  droppedLanguages: string[]
  settings: string[]
}): Record<string, string | boolean> | null {
  const lists = {
    texts: changes.numbers.map(({ language, number }) => `${language} ${number}`),
    again: changes.shownAgain,
    dropped: changes.droppedLanguages,
    settings: changes.settings,
  }
  const told = Object.entries(lists).filter(([, list]) => list.length > 0)
  if (told.length === 0 && !changes.isNew) return null
  return { new: changes.isNew, ...Object.fromEntries(told.map(([k, v]) => [k, v.join(', ')])) }
}

function settingsOf(file: StatementFile): Omit<StatementFile, 'versions'> {
  const { versions: _, ...settings } = file
  return settings
}

function historyOf(before: Statement | null, now: string) {
  return {
    state: before?.state ?? ('draft' as const),
    closedAt: before?.closedAt ?? null,
    deliveredAt: before?.deliveredAt ?? null,
    takenDownReason: before?.takenDownReason ?? null,
    namesHidden: before?.namesHidden ?? null,
    namesHiddenAt: before?.namesHiddenAt ?? null,
    pausedAt: before?.pausedAt ?? null,
    protectedNames: before?.protectedNames ?? [],
    proofOfWork: before?.proofOfWork ?? false,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
}
