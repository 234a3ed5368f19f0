// Use case: a folder of statement files becomes a statement, or updates it (product.md §5, §6).
import { isDeepStrictEqual } from 'node:util'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { textHash } from './statement-text.ts'
import type { LanguageVersion, StatementFile } from './statement.ts'
import {
  findStatement,
  findStatementById,
  lockStatement,
  writeStatement,
  writeTopics,
} from './statement-store.ts'
import { newestMeaning, type Statement } from './stored-statement.ts'
import { dropLanguageVersion } from './text-store.ts'
import { makeCurrent } from './change-text.ts'

export interface Imported {
  slug: string
  isNew: boolean
  /** languages whose text is new or changed, and so got a new text version */
  changedTexts: string[]
  /** languages that were there before and are no longer in the folder */
  droppedLanguages: string[]
}

/** All or nothing; an unchanged text makes no new text version. */
export async function importStatement(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  file: StatementFile,
  actor = 'system',
): Promise<Imported> {
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockStatement(tx, file.slug)
    const id = before?.id ?? ctx.random.id()
    const texts = await writeFile(tx, ctx, id, file, before)
    const droppedLanguages = droppedFrom(before, file)
    for (const language of droppedLanguages) await dropLanguageVersion(tx, id, language)
    const isNew = before === null
    const settings = before ? changedSettings(before, file) : []
    const detail = detailOf({ isNew, ...texts, droppedLanguages, settings })
    if (detail !== null) {
      const entry = { actor, action: 'statement imported', subject: file.slug, detail } as const
      await record(tx, ctx, entry)
    }
    const changedTexts = texts.numbers.map(({ language }) => language)
    return { slug: file.slug, isNew, changedTexts, droppedLanguages }
  })
}

async function writeFile(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  id: string,
  file: StatementFile,
  before: Statement | null,
): Promise<ChangedTexts> {
  const now = ctx.clock.now().toISOString()
  await writeStatement(tx, { ...settingsOf(file), ...historyOf(before, now), id })
  await writeTopics(tx, id, file.topics)
  return changeTexts(tx, ctx, id, file, before)
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
  await writeFile(tx, ctx, id, { ...file, slug }, null)
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

interface ChangedTexts {
  /** new text versions */
  numbers: { language: string; number: number }[]
  /** languages that had been left out, with the text they had then */
  shownAgain: string[]
}

async function changeTexts(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  statementId: string,
  file: StatementFile,
  before: Statement | null,
): Promise<ChangedTexts> {
  const changed: ChangedTexts = { numbers: [], shownAgain: [] }
  for (const version of file.versions.filter((each) => isChanged(each, before))) {
    const { language } = version
    const meaning = before ? newestMeaning(before) : 1
    const { number } = await makeCurrent(tx, ctx, statementId, version, meaning)
    if (number === null) changed.shownAgain.push(language)
    else changed.numbers.push({ language, number })
  }
  return changed
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

function isChanged(version: LanguageVersion, before: Statement | null): boolean {
  const known = before?.versions.find((each) => each.language === version.language)
  return known?.hash !== textHash(version)
}
