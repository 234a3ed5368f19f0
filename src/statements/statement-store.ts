// The only SQL about statements and their texts.
import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db, Tables } from '../db/schema.ts'
import { likePattern } from '../text/like-pattern.ts'
import { readTexts } from './kept-text-store.ts'
import type { Status, Statement, TextVersion, Times } from './stored-statement.ts'
import type { StatementTables, StoredState } from './tables.ts'

type StatementRow = Selectable<StatementTables['statements']>

export async function findStatement(db: Db, slug: string): Promise<Statement | null> {
  return findBy(db, 'slug', slug)
}

export async function findStatementById(db: Db, id: string): Promise<Statement | null> {
  return findBy(db, 'id', id)
}

/**
 * Reads a statement and keeps everyone else from changing it until the transaction ends: who writes it
 * back as it was read would otherwise undo what somebody else has changed meanwhile (PostgreSQL).
 */
export async function lockStatement(tx: Db, slug: string): Promise<Statement | null> {
  const row = await tx
    .updateTable('statements')
    .set((eb) => ({ slug: eb.ref('slug') }))
    .where('slug', '=', slug)
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  const [statement] = await withTexts(tx, [row])
  return statement ?? null
}

async function findBy(db: Db, column: 'id' | 'slug', value: string): Promise<Statement | null> {
  const [row] = (await rowBy[column](db, value)).rows
  if (!row) return null
  return fromRow(row, await readTexts(db, [row.id]), row.topics?.split('\n') ?? [])
}

const rowBy = {
  id: compileOnce((db, id: string) => withTopics(db).where('id', '=', id)),
  slug: compileOnce((db, slug: string) => withTopics(db).where('slug', '=', slug)),
}

/** A topic is one line. */
const withTopics = (db: Db) =>
  db
    .selectFrom('statements')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('statement_topics')
        .select(sql<string | null>`string_agg(topic, ${sql.lit('\n')} order by position)`.as('all'))
        .whereRef('statement_id', '=', 'statements.id')
        .as('topics'),
    )

/** What decides whether it can be confirmed, and how; read with every confirmation. */
export async function findTimes(
  db: Db,
  id: string,
): Promise<(Times & Pick<Statement, 'discreet'>) | null> {
  const [row] = (await timesBy(db, id)).rows
  return row ? { ...timesOf(row), discreet: row.discreet === 1 } : null
}

const timeColumns = [
  'id',
  'state',
  'opens_at',
  'opens_zone',
  'closes_at',
  'closes_zone',
  'closed_at',
  'delivered_at',
  'updated_at',
] as const

const timesBy = compileOnce((db, id: string) =>
  db.selectFrom('statements').select(timeColumns).select('discreet').where('id', '=', id),
)

/** What decides how long contact data is kept, of every statement. */
export async function listTimes(db: Db): Promise<Times[]> {
  const rows = await db.selectFrom('statements').select(timeColumns).execute()
  return rows.map(timesOf)
}

function timesOf(row: Pick<StatementRow, (typeof timeColumns)[number]>): Times {
  return {
    id: row.id,
    state: row.state,
    opensAt: zoned(row.opens_at, row.opens_zone),
    closesAt: zoned(row.closes_at, row.closes_zone),
    closedAt: row.closed_at,
    deliveredAt: row.delivered_at,
    updatedAt: row.updated_at,
  }
}

async function withTexts(db: Db, rows: StatementRow[]): Promise<Statement[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const texts = await readTexts(db, ids)
  const topics = await db
    .selectFrom('statement_topics')
    .selectAll()
    .where('statement_id', 'in', ids)
    .orderBy('position')
    .execute()
  return rows.map((row) =>
    fromRow(
      row,
      texts.filter((text) => text.statement_id === row.id),
      topics.filter((topic) => topic.statement_id === row.id).map((topic) => topic.topic),
    ),
  )
}

function fromRow(row: StatementRow, texts: TextVersion[], topics: string[]): Statement {
  const isAuthoritative = (text: TextVersion) => text.language === row.authoritative_language
  return {
    id: row.id,
    slug: row.slug,
    kind: row.kind,
    state: row.state,
    signers: row.signers,
    visibilityDefault: row.visibility_default,
    discreet: row.discreet === 1,
    review: row.review,
    authoritative: row.authoritative_language,
    convenors: JSON.parse(row.convenors) as Statement['convenors'],
    addressees: JSON.parse(row.addressees) as Statement['addressees'],
    originallyPublished: JSON.parse(
      row.originally_published ?? 'null',
    ) as Statement['originallyPublished'],
    topics,
    dated: row.dated,
    opensAt: zoned(row.opens_at, row.opens_zone),
    closesAt: zoned(row.closes_at, row.closes_zone),
    embargoUntil: zoned(row.embargo_until, row.embargo_zone),
    closedAt: row.closed_at,
    deliveredAt: row.delivered_at,
    takenDownReason: row.taken_down_reason,
    namesHidden: row.names_hidden,
    namesHiddenAt: row.names_hidden_at,
    pausedAt: row.paused_at,
    protectedNames: JSON.parse(row.protected_names) as string[],
    proofOfWork: row.proof_of_work === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    versions: [
      ...texts.filter(isAuthoritative),
      ...texts.filter((text) => !isAuthoritative(text)),
    ].map(({ id, language, number, title, summary, body, hash, meaning }) => ({
      id,
      language,
      number,
      title,
      summary,
      body,
      hash,
      meaning,
    })),
  }
}

const zoned = (instant: string | null, zone: string | null) =>
  instant === null || zone === null ? null : { instant, zone }

export interface StatementFilters {
  status?: Status
  topic?: string
  /** four digits: the year it was opened or made in */
  year?: string
  /** folded search text */
  q?: string
}

type Expressions = ExpressionBuilder<Tables, 'statements'>

/** The same rule as statusAt, for the database. */
function hasStatus(eb: Expressions, status: Status, now: string) {
  const state = (value: StoredState) => eb('state', '=', value)
  const opened = eb.or([state('open'), eb.and([state('draft'), eb('opens_at', '<=', now)])])
  const ended = eb('closes_at', '<=', now)
  const running = eb.or([eb('closes_at', 'is', null), eb('closes_at', '>', now)])
  switch (status) {
    case 'open':
      return eb.and([opened, running])
    case 'closed':
      return eb.or([state('closed'), eb.and([opened, ended])])
    case 'draft':
      return eb.and([state('draft'), eb.or([eb('opens_at', 'is', null), eb('opens_at', '>', now)])])
    case 'delivered':
    case 'archived':
    case 'taken-down':
      return state(status)
  }
}

const publicStatuses: Status[] = ['open', 'closed', 'delivered', 'archived']

function matching(eb: Expressions, filters: StatementFilters, now: string) {
  const { status, topic, year, q } = filters
  const statuses = status ? publicStatuses.filter((each) => each === status) : publicStatuses
  return eb.and([
    // the same rule as isEmbargoed
    eb.or([eb('embargo_until', 'is', null), eb('embargo_until', '<=', now)]),
    eb.or(statuses.map((each) => hasStatus(eb, each, now))),
    ...(topic === undefined
      ? []
      : [
          eb.exists(
            eb
              .selectFrom('statement_topics as t')
              .select('t.topic')
              .whereRef('t.statement_id', '=', 'statements.id')
              .where('t.topic', '=', topic),
          ),
        ]),
    ...(year === undefined
      ? []
      : [sql<boolean>`substr(coalesce(opens_at, created_at), 1, 4) = ${year}`]),
    ...(q === undefined
      ? []
      : [
          eb.exists(
            eb
              .selectFrom('language_versions as l')
              .select('l.language')
              .whereRef('l.statement_id', '=', 'statements.id')
              .where(sql<boolean>`l.search_text like ${`%${likePattern(q)}%`} escape '\\'`),
          ),
        ]),
  ])
}

/** Public statements, newest first (open ones by their deadline), a page at a time. */
export async function listStatements(
  db: Db,
  filters: StatementFilters,
  now: Date,
  page: { limit: number; offset: number },
): Promise<{ statements: Statement[]; total: number }> {
  const instant = now.toISOString()
  const found = db.selectFrom('statements').where((eb) => matching(eb, filters, instant))
  const { total } = await found
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await found
    .selectAll()
    .$if(filters.status === 'open', (query) =>
      query.orderBy(sql`coalesce(closes_at, '9999')`).orderBy('slug'),
    )
    .orderBy(sql`coalesce(delivered_at, opens_at, created_at)`, 'desc')
    .orderBy('slug')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return { statements: await withTexts(db, rows), total: Number(total) }
}

/** The topics and years that public statements have, for the filters of the archive. */
export async function listChoices(
  db: Db,
  now: Date,
): Promise<{ topics: string[]; years: string[] }> {
  const instant = now.toISOString()
  const found = db.selectFrom('statements').where((eb) => matching(eb, {}, instant))
  const topics = await db
    .selectFrom('statement_topics')
    .select('topic')
    .distinct()
    .where('statement_id', 'in', found.select('id'))
    .orderBy('topic')
    .execute()
  const years = await found
    .select(sql<string>`substr(coalesce(opens_at, created_at), 1, 4)`.as('year'))
    .distinct()
    .orderBy('year', 'desc')
    .execute()
  return { topics: topics.map((row) => row.topic), years: years.map((row) => row.year) }
}

/** Every statement that can hold endorsements, for "find my endorsement". */
export async function listAllStatements(db: Db): Promise<Statement[]> {
  return withTexts(db, await db.selectFrom('statements').selectAll().execute())
}

export type NewStatement = Omit<Statement, 'versions' | 'topics'>

export async function writeStatement(db: Db, statement: NewStatement): Promise<void> {
  const { id, ...columns } = toRow(statement)
  await db
    .insertInto('statements')
    .values({ id, ...columns, last_number: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute()
}

function toRow(statement: NewStatement): Omit<StatementRow, 'last_number'> {
  return {
    id: statement.id,
    slug: statement.slug,
    kind: statement.kind,
    state: statement.state,
    signers: statement.signers,
    visibility_default: statement.visibilityDefault,
    discreet: statement.discreet ? 1 : 0,
    review: statement.review,
    authoritative_language: statement.authoritative,
    convenors: JSON.stringify(statement.convenors),
    addressees: JSON.stringify(statement.addressees),
    originally_published:
      statement.originallyPublished && JSON.stringify(statement.originallyPublished),
    dated: statement.dated,
    opens_at: statement.opensAt?.instant ?? null,
    opens_zone: statement.opensAt?.zone ?? null,
    closes_at: statement.closesAt?.instant ?? null,
    closes_zone: statement.closesAt?.zone ?? null,
    embargo_until: statement.embargoUntil?.instant ?? null,
    embargo_zone: statement.embargoUntil?.zone ?? null,
    closed_at: statement.closedAt,
    delivered_at: statement.deliveredAt,
    taken_down_reason: statement.takenDownReason,
    names_hidden: statement.namesHidden,
    names_hidden_at: statement.namesHiddenAt,
    paused_at: statement.pausedAt,
    protected_names: JSON.stringify(statement.protectedNames),
    proof_of_work: statement.proofOfWork ? 1 : 0,
    created_at: statement.createdAt,
    updated_at: statement.updatedAt,
  }
}

export async function writeTopics(db: Db, statementId: string, topics: string[]): Promise<void> {
  await db.deleteFrom('statement_topics').where('statement_id', '=', statementId).execute()
  if (topics.length === 0) return
  await db
    .insertInto('statement_topics')
    .values(topics.map((topic, position) => ({ statement_id: statementId, topic, position })))
    .execute()
}
