// The only SQL about the audit log: append and read, never change.
import { type Selectable, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { likePattern } from '../text/like-pattern.ts'
import type { AuditTables } from './tables.ts'

export type AuditRow = Selectable<AuditTables['audit_log']>

const headName = 'audit head'

export interface Head {
  seq: number
  hash: string
}

export const beginning: Head = { seq: 0, hash: '0'.repeat(64) }

/** Reads the head and keeps everyone else from it until the transaction ends. */
export async function lockHead(tx: Db): Promise<Head> {
  await tx
    .insertInto('installation')
    .values({ name: headName, value: JSON.stringify(beginning) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .updateTable('installation')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', '=', headName)
    .returning('value')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.value) as Head
}

export async function append(tx: Db, row: AuditRow): Promise<void> {
  await tx.insertInto('audit_log').values(row).execute()
  await tx
    .updateTable('installation')
    .set({ value: JSON.stringify({ seq: row.seq, hash: row.hash }) })
    .where('name', '=', headName)
    .execute()
}

export async function readHead(db: Db): Promise<Head> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', headName)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as Head) : beginning
}

/** Whether there is such an entry after a number. */
export async function hasDoneSince(db: Db, action: string, seq: number): Promise<boolean> {
  const later = db.selectFrom('audit_log').select('seq').where('seq', '>', seq)
  return (await later.where('action', '=', action).executeTakeFirst()) !== undefined
}

export async function* readLog(db: Db, size = 1000): AsyncGenerator<AuditRow> {
  // without a lower bound at first: an entry may have been put in before number 1
  const first = db.selectFrom('audit_log').selectAll().orderBy('seq').limit(size)
  let page = first
  for (;;) {
    const rows = await page.execute()
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    page = first.where('seq', '>', last.seq)
  }
}

/** Which entries somebody may see. */
export interface LogScope {
  /** only what was done to these; null: everything */
  subjects: readonly string[] | null
}

export interface LogSearch extends LogScope {
  actor: string | null
  /** any of these; null: not searched for */
  words: { actions: string[]; people: string[]; subjects: string[]; text: string } | null
}

function within(db: Db, { subjects }: LogScope) {
  return db
    .selectFrom('audit_log')
    .$if(subjects !== null, (query) => query.where('subject', 'in', ['', ...(subjects ?? [])]))
}

function found(db: Db, search: LogSearch) {
  const { actor, words } = search
  return within(db, search)
    .$if(actor !== null, (query) => query.where('actor', '=', actor ?? ''))
    .$if(words !== null, (query) =>
      query.where((eb) => {
        const { actions = [], people = [], subjects = [], text = '' } = words ?? {}
        return eb.or([
          eb('action', 'in', ['', ...actions]),
          eb('actor', 'in', ['', ...people]),
          eb('subject', 'in', ['', ...people, ...subjects]),
          isLike('subject', text),
          ...people.map((id) => isLike('detail', id)),
        ])
      }),
    )
}

function isLike(column: 'subject' | 'detail', text: string) {
  return sql<boolean>`lower(${sql.ref(column)}) like ${`%${likePattern(text.toLowerCase())}%`} escape '\\'`
}

/** The newest first. */
export async function searchLog(
  db: Db,
  search: LogSearch,
  page: { limit: number; offset: number },
): Promise<{ rows: AuditRow[]; total: number }> {
  const { n } = await found(db, search)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  const rows = await found(db, search)
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return { rows, total: Number(n) }
}

/** Who has done something, and what has been done at all. */
export async function listDone(
  db: Db,
  scope: LogScope,
): Promise<{ actors: string[]; actions: string[] }> {
  const actors = await within(db, scope).select('actor').distinct().execute()
  const actions = await within(db, scope).select('action').distinct().execute()
  return {
    actors: actors.map(({ actor }) => actor),
    actions: actions.map(({ action }) => action),
  }
}
