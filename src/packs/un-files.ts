// What the United Nations ask for: the statement as a plain Word file, and the names by status for the
// form.
import type { Context } from '../context.ts'
import { entriesIn } from '../editions/read-edition.ts'
import type { Statement, TextVersion } from '../statements/stored-statement.ts'
import type { Contents } from './delivery-files.ts'
import { type EcosocStatus, ecosocStatuses } from './ecosoc.ts'
import { readStatuses } from './ecosoc-store.ts'
import type { PackFile, Packing } from './pack.ts'
import { type ByStatus, unStatement } from './un-statement.ts'
import { type Length, tooLong, unLanguages, unLimits } from './un-words.ts'

/** Those in the languages of the United Nations' form, or the authoritative one. */
export function unTexts({ versions }: Pick<Statement, 'versions'>): TextVersion[] {
  const taken = versions.filter(({ language }) => unLanguages.includes(language))
  return taken.length > 0 ? taken : versions.slice(0, 1)
}

export async function unFiles(ctx: Context, packing: Packing): Promise<Contents> {
  const { statement, edition, language, name, t, format } = packing
  const statuses = await readStatuses(ctx.db, statement.id)
  const files: PackFile[] = []
  const lengths: string[] = []
  for (const text of unTexts(statement)) {
    const names = await namesIn(ctx, packing, text.language, statuses)
    const setting = { fallback: language, at: edition.madeAt }
    const { length, file } = unStatement(text, names, setting)
    lengths.push(...wordsOf(length, format.language(text.language), packing))
    files.push({
      path: `statement-${name}.${text.language}.docx`,
      about: t('pack.file.un-statement', { language: format.language(text.language) }),
      content: file,
    })
  }
  const names = await namesIn(ctx, packing, language, statuses)
  files.push({
    path: `organisations-${name}.txt`,
    about: t('pack.file.un-names'),
    content: namesFile(names, packing),
  })
  return { files, notes: notesOf(names, lengths, packing) }
}

/** Organisations only, and only those whose names are public. */
async function namesIn(
  { db }: Context,
  { edition }: Packing,
  language: string,
  statuses: ReadonlyMap<number, EcosocStatus>,
): Promise<ByStatus> {
  const names = new Map<EcosocStatus | null, string[]>()
  for await (const part of entriesIn(db, edition, language)) {
    for (const { type, number, name, acronym } of part) {
      if (type !== 'organisation') return names
      const status = statuses.get(number) ?? null
      const called = acronym === null ? name : `${name} (${acronym})`
      const known = names.get(status)
      if (known) known.push(called)
      else names.set(status, [called])
    }
  }
  return names
}

function namesFile(names: ByStatus, { t }: Packing): string {
  const groups = [...ecosocStatuses, null].flatMap((status) => {
    const some = names.get(status) ?? []
    return some.length === 0 ? [] : [[t(`ecosoc.${status ?? 'none'}`), '', ...some].join('\n')]
  })
  return `${groups.join('\n\n')}\n`
}

function wordsOf(length: Length, language: string, { t, format }: Packing): string[] {
  const { text, all } = length
  const verdicts = [unLimits.others, unLimits.general].map((limit) => {
    const over = tooLong(length, limit)
    const about = { limit: format.number(limit), n: over.all }
    if (over.all === 0) return t('pack.un.within', { limit: about.limit })
    return t(over.text === 0 ? 'pack.un.over-with-footnote' : 'pack.un.over', {
      ...about,
      n: over.text === 0 ? over.all : over.text,
    })
  })
  return [t('pack.un.words', { language, text, all }), ...verdicts.map((line) => `  ${line}`)]
}

function notesOf(names: ByStatus, lengths: string[], { t }: Packing): string[] {
  const hasGeneral = names.has('general')
  const isNobody = ecosocStatuses.every((status) => !names.has(status))
  return [
    [...lengths, t(hasGeneral ? 'pack.un.limit-general' : 'pack.un.limit-others')].join('\n'),
    ...(isNobody ? [t('pack.un.nobody')] : []),
    t('pack.un.submitting'),
  ]
}
