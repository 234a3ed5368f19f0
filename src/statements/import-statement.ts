// Use case: a folder of statement files becomes a statement, or updates it (product.md §5, §6).
import type { Context } from '../context.ts'
import { foldForSearch } from '../text/fold.ts'
import { textHash } from './statement-text.ts'
import type { LanguageVersion, StatementFile } from './statement.ts'
import { lockStatement, writeStatement, writeTopics } from './statement-store.ts'
import type { Statement } from './stored-statement.ts'
import { addTextVersion, dropLanguageVersion } from './text-store.ts'

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
): Promise<Imported> {
  const now = ctx.clock.now().toISOString()
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockStatement(tx, file.slug)
    const id = before?.id ?? ctx.random.id()
    await writeStatement(tx, { ...settingsOf(file), ...historyOf(before, now), id })
    await writeTopics(tx, id, file.topics)
    const changedTexts: string[] = []
    for (const version of file.versions.filter((each) => isChanged(each, before))) {
      const text = { ...version, id: ctx.random.id(), hash: textHash(version) }
      const times = { searchText: searchTextOf(version), createdAt: now }
      if (await addTextVersion(tx, id, text, times)) changedTexts.push(version.language)
    }
    const languages = new Set(file.versions.map((version) => version.language))
    const dropped = (before?.versions ?? [])
      .map((version) => version.language)
      .filter((language) => !languages.has(language))
    for (const language of dropped) await dropLanguageVersion(tx, id, language)
    return {
      slug: file.slug,
      isNew: before === null,
      changedTexts,
      droppedLanguages: dropped,
    }
  })
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

function searchTextOf(version: LanguageVersion): string {
  return foldForSearch(`${version.title} ${version.summary} ${version.body}`)
}
