// The present texts of statements. Their words are long and read with every form that comes in, and under
// one id and hash they never change: they stay in memory.
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { TextVersion } from './stored-statement.ts'

type Words = Pick<TextVersion, 'title' | 'summary' | 'body'>
type StoredText = TextVersion & { statement_id: string }

const mostCharacters = 4_000_000

const kept = new Map<string, Words>()
let characters = 0

const keyOf = ({ id, hash }: Pick<TextVersion, 'id' | 'hash'>) => `${id} ${hash}`

const presentOf = (db: Db, statementIds: string[]) =>
  db
    .selectFrom('text_versions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('language_versions')
        .select('text_version_id')
        .where('statement_id', 'in', statementIds),
    )
    .orderBy('language')

const withoutWords = compileOnce((db, statementIds: string[]) =>
  presentOf(db, statementIds).select([
    'id',
    'statement_id',
    'language',
    'number',
    'hash',
    'meaning',
  ]),
)

export async function readTexts(db: Db, statementIds: string[]): Promise<StoredText[]> {
  const { rows } = await withoutWords(db, statementIds)
  const texts = rows.flatMap((row) => {
    const words = kept.get(keyOf(row))
    return words === undefined ? [] : [{ ...row, ...words }]
  })
  if (texts.length === rows.length) return texts
  const read = await presentOf(db, statementIds).selectAll().execute()
  for (const text of read) keep(text)
  return read
}

function keep({ id, hash, title, summary, body }: TextVersion): void {
  const key = keyOf({ id, hash })
  if (kept.has(key)) return
  characters += title.length + summary.length + body.length
  if (characters > mostCharacters) {
    kept.clear()
    characters = 0
    return
  }
  kept.set(key, { title, summary, body })
}
