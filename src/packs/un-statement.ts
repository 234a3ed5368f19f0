// The statement as the United Nations ask for it (see un-words.ts): one plain Word file, with those in
// consultative status by their status, and the others in a footnote to the title.
import { wordFile } from '../documents/word.ts'
import { type Run, writerIn } from '../documents/word-writer.ts'
import { dirOf, isLanguage, type Translate, translator } from '../languages/languages.ts'
import { proseOf } from '../letters/prose.ts'
import { proseXml } from '../letters/prose-word.ts'
import type { TextVersion } from '../statements/stored-statement.ts'
import { type EcosocStatus, ecosocStatuses } from './ecosoc.ts'
import { type Length, wordsInXml } from './un-words.ts'

/** Names in the order of the list; `null`: without consultative status. */
export type ByStatus = ReadonlyMap<EcosocStatus | null, readonly string[]>

export interface UnStatement {
  length: Length
  file: AsyncGenerator<Uint8Array>
}

/** @param fallback of the words, where the interface is not in the language of the text */
export function unStatement(
  text: TextVersion,
  names: ByStatus,
  { fallback, at }: { fallback: string; at: string },
): UnStatement {
  const t = translator(isLanguage(text.language) ? text.language : fallback)
  const dir = dirOf(text.language)
  const write = writerIn(dir)
  const others = names.get(null) ?? []
  const notes = others.length === 0 ? [] : [footnoteOf(others, text.language, t)]
  const title = write.paragraph('Title', text.title, ...(notes.length === 0 ? [] : [{ note: 1 }]))
  const prose = proseXml(proseOf(text.body), { write, isPlain: true })
  const groups = ecosocStatuses.map((status) => {
    const some = names.get(status) ?? []
    if (some.length === 0) return ''
    const entries = some.map((name) => write.paragraph('Entry', name))
    return write.paragraph('Heading1', t(`ecosoc.${status}`)) + entries.join('')
  })
  async function* body() {
    yield title + prose + groups.join('')
  }
  const words = wordsInXml(prose)
  const around = wordsInXml(title) + wordsInXml(write.paragraph('Small', ...notes.flat()))
  return {
    length: { text: words, all: words + around },
    file: wordFile({
      title: text.title,
      language: text.language,
      dir,
      at,
      look: 'plain',
      body: body(),
      notes,
      lists: write.lists,
    }),
  }
}

/** stands for the names until the sentence is made */
const namesMark = '\uFFFC'

/** Each name in a run of its own, so that none turns its neighbours around. */
function footnoteOf(names: readonly string[], language: string, t: Translate): Run[] {
  const sentence = t('pack.un.footnote', { names: namesMark, n: names.length })
  const [before = '', after = ''] = sentence.split(namesMark)
  const joined = new Intl.ListFormat(language).formatToParts(names).map(({ value }) => value)
  return [before, ...joined, after].filter((words) => words !== '')
}
