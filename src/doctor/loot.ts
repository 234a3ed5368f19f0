// What a thief carries away: the database's files as they lie on the disk, or all rows of all tables.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Config } from '../config.ts'
import type { Db } from '../db/schema.ts'
import type { Part } from './raw-search.ts'
import { everyTable } from './seizure-store.ts'

/** Read before the database is opened, because opening and closing it tidies up its files. */
export function filesOf(database: Config['database']): Part[] {
  if (database.kind !== 'sqlite') return []
  return ['', '-wal', '-journal']
    .map((suffix) => database.file + suffix)
    .filter((file) => existsSync(file))
    .map((file) => ({ place: basename(file), bytes: readFileSync(file) }))
}

export interface Values {
  parts: Part[]
  /** texts that are or were shown in public, where an address may stand */
  publicText: string
  /** hashes of public texts and of the audit log */
  knownHashes: string[]
  /** values in columns for sealed texts and keyed hashes that are neither */
  unsealed: string[]
}

const publicTables = new Set([
  'statements',
  'text_versions',
  'language_versions',
  'working_texts',
  'signatories',
  'update_texts',
  'deliveries',
  'edition_entries',
  'press_quotes',
  'press_contacts',
])
const publicHashes = /^(?:hash|previous_hash|text_hash|notice_hash|labels_hash|sha256)$/
const keyedHash = /^[\w-]{43}$/
const sealedText = /^(?:[0-9a-f]{12}\.[\w-]+)?$/

export async function valuesOf(db: Db): Promise<Values> {
  const values: Values = { parts: [], publicText: '', knownHashes: [], unsealed: [] }
  const hashes = new Set<string>()
  for await (const { table, rows } of everyTable(db)) {
    const text = JSON.stringify(rows)
    values.parts.push({ place: `table ${table}`, bytes: Buffer.from(text) })
    if (publicTables.has(table) || table === 'agreed_texts') values.publicText += text.toLowerCase()
    for (const row of rows) inspect(table, row, hashes, values.unsealed)
  }
  values.knownHashes = [...hashes]
  return values
}

function inspect(
  table: string,
  row: Record<string, unknown>,
  hashes: Set<string>,
  unsealed: string[],
): void {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'string') continue
    const isHex = /^[0-9a-f]{64}$/.test(value)
    if (publicHashes.test(column) && isHex && table !== 'tokens') hashes.add(value)
    const isWrong =
      (column.endsWith('_sealed') && !sealedText.test(value)) ||
      (/^(?:address|capacity)_hash$/.test(column) && !keyedHash.test(value))
    if (isWrong) unsealed.push(`${table}.${column}`)
  }
}
