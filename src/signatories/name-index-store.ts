// An index for parts of names, which SQLite gets for long lists: every three letters in a row, with who
// has them (FTS5). It is no part of the content: it can be dropped at any time, is not copied, and what
// leaves the list leaves it in the same transaction. PostgreSQL keeps its own (migrations/0018).
import { sql } from 'kysely'
import { isSqlite } from '../db/is-sqlite.ts'
import { dropNameIndex, nameIndex } from '../db/name-index-tables.ts'
import type { Db } from '../db/schema.ts'
import type { ListFilters } from './signatory-store.ts'

// Marks that no name has. With two letters of a filter's value each is three letters: a word of its own.
const marks = {
  statement: 0xe000,
  type: 0xe001,
  country: 0xe002,
  verification: 0xe003,
  language: 0xe004,
} as const
type Mark = keyof typeof marks
const columns: [Mark, string][] = [
  ['statement', 'statement_id'],
  ['type', 'type'],
  ['country', 'country'],
  ['verification', 'verification'],
  ['language', 'language'],
]

/** What is indexed of a row, in SQL. */
const textOf = (row: string) =>
  [
    `${row}.search_text`,
    ...columns.map(([mark, column]) => `char(${marks[mark]}) || substr(${row}.${column}, 1, 2)`),
  ].join(' || ')

const isIndexed = (row: string) => `${row}.rowid <= (select up_to from ${nameIndex}_mark)`
const add = (row: string) =>
  `insert into ${nameIndex} (rowid, words) values (${row}.rowid, ${textOf(row)});`
const remove = (row: string) =>
  `insert into ${nameIndex} (${nameIndex}, rowid, words) values ('delete', ${row}.rowid, ${textOf(row)});`

const making = [
  `create virtual table ${nameIndex} using fts5 (words, content = '', columnsize = 0,
    detail = none, tokenize = 'trigram case_sensitive 1')`,
  // nothing of a name that was withdrawn stays in the file (product.md P-7)
  `insert into ${nameIndex} (${nameIndex}, rank) values ('secure-delete', 1)`,
  // which three letters there are, for who types only one or two of them
  `create virtual table ${nameIndex}_parts using fts5vocab(${nameIndex}, row)`,
  `create table ${nameIndex}_mark (up_to integer not null)`,
  `insert into ${nameIndex}_mark (up_to) values (0)`,
  `create trigger ${nameIndex}_left after delete on signatories when ${isIndexed('old')}
    begin ${remove('old')} end`,
  `create trigger ${nameIndex}_changed
    after update of search_text, type, country, verification, language on signatories
    when ${isIndexed('old')} and ${textOf('old')} <> ${textOf('new')}
    begin ${remove('old')} ${add('new')} end`,
  // in the place of one that has left
  `create trigger ${nameIndex}_came after insert on signatories when ${isIndexed('new')}
    begin ${add('new')} end`,
]

/** Up to which row of the list names are indexed; null: there is no such index, or it is an earlier one. */
export async function indexedUpTo(db: Db): Promise<number | null> {
  if (!isSqlite(db)) return null
  const { rows: tables } = await sql`
    select 1 from sqlite_master where type = 'table' and name = ${`${nameIndex}_parts`}
  `.execute(db)
  if (tables.length === 0) return null
  const { rows } = await sql<{ up_to: number }>`
    select up_to from ${sql.table(`${nameIndex}_mark`)}
  `.execute(db)
  return rows[0]?.up_to ?? null
}

export async function makeNameIndex(tx: Db): Promise<void> {
  await dropNameIndex(tx)
  for (const each of making) await sql.raw(each).execute(tx)
}

/** Whether so many names are not indexed. */
export async function areNamesBehind(db: Db, upTo: number, many: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from signatories where rowid > ${upTo} order by rowid limit 1 offset ${many - 1}
  `.execute(db)
  return rows.length > 0
}

/** Indexes the next names. @returns up to which row that is */
export async function indexNext(tx: Db, upTo: number, howMany: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(rowid) as last from (
      select rowid from signatories where rowid > ${upTo} order by rowid limit ${howMany})
  `.execute(tx)
  const last = rows[0]?.last ?? upTo
  await sql`
    insert into ${sql.table(nameIndex)} (rowid, words)
    select s.rowid, ${sql.raw(textOf('s'))} from signatories s
    where s.rowid > ${upTo} and s.rowid <= ${last}
  `.execute(tx)
  await sql`update ${sql.table(`${nameIndex}_mark`)} set up_to = ${last}`.execute(tx)
  return last
}

interface Sought {
  statementId: string
  q: string
  filters: Omit<ListFilters, 'q'>
}

/** What all of them have, as FTS5 is asked; null: too much to ask for. */
export async function wordsFor(
  db: Db,
  { statementId, q, filters }: Sought,
): Promise<string | null> {
  const parts = await partsOf(db, q)
  if (parts === null) return null
  const values = { statement: statementId, ...filters }
  const marked = columns.flatMap(([mark]) => {
    const value = values[mark]
    return value === null ? [] : [quoted(String.fromCodePoint(marks[mark]) + value.slice(0, 2))]
  })
  return [...parts, ...marked].join(' AND ')
}

const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`

/** Three letters, the next three, and the last three: who has all of these mostly has the whole. */
async function partsOf(db: Db, q: string): Promise<string[] | null> {
  const letters = Array.from(q)
  if (letters.length < 3) return partsWith(db, q)
  return letters
    .slice(2)
    .map((_, at) => letters.slice(at, at + 3).join(''))
    .filter((_, at, { length }) => at % 3 === 0 || at === length - 1)
    .map(quoted)
}

const nobodys = String.fromCodePoint(marks.statement).repeat(3)

/** About as many begin with any one letter, in most scripts. */
const mostParts = 1000

/** One of those that begin with it: the marks see to it that even the last letters of a name begin one. */
async function partsWith(db: Db, letters: string): Promise<string[] | null> {
  const end = letters + String.fromCodePoint(0x10ffff)
  const { rows } = await sql<{ term: string }>`
    select term from ${sql.table(`${nameIndex}_parts`)}
    where term >= ${letters} and term < ${end} limit ${mostParts + 1}
  `.execute(db)
  if (rows.length > mostParts) return null
  if (rows.length === 0) return [quoted(nobodys)]
  return [`(${rows.map(({ term }) => quoted(term)).join(' OR ')})`]
}
