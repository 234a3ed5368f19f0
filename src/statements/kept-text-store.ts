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
    .selectFrom('language_versions as l')
    .innerJoin('text_versions as t', 't.id', 'l.text_version_id')
    .where('l.statement_id', 'in', statementIds)
    .orderBy('t.language')

const withoutWords = compileOnce((db, statementIds: string[]) =>
  presentOf(db, statementIds).select([
    't.id',
    't.statement_id',
    't.language',
    't.number',
    't.hash',
    't.meaning',
  ]),
)

export async function readTexts(db: Db, statementIds: string[]): Promise<StoredText[]> {
  const { rows } = await withoutWords(db, statementIds)
  const texts = rows.flatMap((row) => {
    const words = kept.get(keyOf(row))
    return words === undefined ? [] : [{ ...row, ...words }]
  })
  if (texts.length === rows.length) return texts
  const read = await presentOf(db, statementIds).selectAll('t').execute()
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
