// The only SQL about endorsements, consents and suppressions. Who signed goes in and comes out sealed.
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import type { NamesHidden } from '../statements/tables.ts'
import type { Details, Endorsement, EndorsementState, Flag } from './endorsement.ts'
import type { EndorsementTables } from './tables.ts'

type Row = EndorsementTables['endorsements']
export type EndorsementRow = Selectable<Row>
export type ConsentRow = Insertable<EndorsementTables['consents']>

/**
 * Inserts a pending endorsement. When the same mailbox already signed in the same capacity
 * (product.md R2), a pending one takes what was typed last, and any other stays as it is: it is
 * written, too, as it was, because a sign-on that wrote less would be answered sooner (P-10).
 * @returns the id and state of the row that now stands for this mailbox and capacity
 */
export async function recordSignOn(
  db: Db,
  row: Insertable<Row>,
): Promise<Pick<EndorsementRow, 'id' | 'state'>> {
  const [stands] = (await putSignOn(db, row)).rows
  if (stands === undefined) throw new Error('A sign-on is inserted, or stands already')
  return stands
}

const putSignOn = compileOnce((db, row: Insertable<Row>) => {
  const columns = Object.keys(row) as (keyof typeof row)[]
  const query = sql<Pick<EndorsementRow, 'id' | 'state'>>`
    insert into endorsements (${sql.raw(columns.join())})
    values (${sql.join(columns.map((column) => row[column]))})
    on conflict (capacity_hash) where state <> 'withdrawn'
    do update set ${sql.raw(whatWasTyped(columns))}
    returning id, state
  `
  return { compile: () => query.compile(db) }
})

function whatWasTyped(columns: readonly (keyof Row)[]): string {
  const kept = new Set<keyof Row>(['id', 'state', 'capacity_hash', 'revision'])
  const isPending = "endorsements.state = 'pending'"
  const updates = columns
    .filter((column) => !kept.has(column))
    .map(
      (name) =>
        `${name} = case when ${isPending} then excluded.${name} else endorsements.${name} end`,
    )
  const revision = `revision = endorsements.revision + case when ${isPending} then 1 else 0 end`
  return [...updates, revision].join(', ')
}

export const recordConsent = compileOnce((db, row: ConsentRow) => {
  const { endorsement_id: _, ...evidence } = row
  return db
    .insertInto('consents')
    .values(row)
    .onConflict((conflict) => conflict.column('endorsement_id').doUpdateSet(evidence))
})

/** Writes the evidence as it is: the work of recordConsent, for those whose sign-on changes nothing. */
export const keepConsent = compileOnce((db, { endorsement_id, ...evidence }: ConsentRow) =>
  db
    .updateTable('consents')
    .set((eb) =>
      Object.fromEntries(
        (Object.keys(evidence) as (keyof typeof evidence)[]).map((name) => [name, eb.ref(name)]),
      ),
    )
    .where('endorsement_id', '=', endorsement_id),
)

/** They are the site's own words, a few in each language: which of them a database has is remembered. */
const kept = new WeakMap<Db, Set<string>>()

export async function keepAgreedTexts(
  db: Db,
  texts: { hash: string; content: string }[],
): Promise<void> {
  const known = kept.get(db) ?? new Set()
  const missing = texts.filter(({ hash }) => !known.has(hash))
  if (missing.length === 0) return
  await db
    .insertInto('agreed_texts')
    .values(missing)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  kept.set(db, new Set([...known, ...missing.map(({ hash }) => hash)]))
}

/** The evidence of consent with the words that were agreed to (product.md P-5). */
export async function findConsent(db: Db, endorsementId: string) {
  const row = await db
    .selectFrom('consents as c')
    .innerJoin('agreed_texts as notice', 'notice.hash', 'c.notice_hash')
    .innerJoin('agreed_texts as labels', 'labels.hash', 'c.labels_hash')
    .selectAll('c')
    .select(['notice.content as notice', 'labels.content as labels'])
    .where('c.endorsement_id', '=', endorsementId)
    .executeTakeFirst()
  return row ?? null
}

export async function findEndorsement(
  db: Db,
  vault: Vault,
  id: string,
): Promise<Endorsement | null> {
  const [row] = (await rowBy(db, id)).rows
  return row ? openRow(row, vault) : null
}

const rowBy = compileOnce((db, id: string) =>
  db.selectFrom('endorsements').selectAll().where('id', '=', id),
)

/** Endorsements of mailboxes given by their hashes, the newest first; not the withdrawn ones. */
export async function findByAddress(
  db: Db,
  vault: Vault,
  addressHashes: string[],
): Promise<Endorsement[]> {
  const all = await findAllByAddress(db, vault, addressHashes)
  return all.filter(({ state }) => state !== 'withdrawn' && state !== 'rejected')
}

/** The same with the withdrawn and rejected ones, for a person's own data. */
export async function findAllByAddress(
  db: Db,
  vault: Vault,
  addressHashes: string[],
): Promise<Endorsement[]> {
  if (addressHashes.length === 0) return []
  const rows = await db
    .selectFrom('endorsements')
    .selectAll()
    .where('address_hash', 'in', addressHashes)
    .orderBy('signed_at', 'desc')
    .execute()
  return rows.map((row) => openRow(row, vault))
}

export function openRow(row: EndorsementRow, vault: Vault): Endorsement {
  return {
    id: row.id,
    statementId: row.statement_id,
    type: row.type,
    state: row.state,
    addressHash: row.address_hash,
    details: openDetails(row, vault),
    country: row.country,
    visibility: row.visibility,
    language: row.language,
    textVersionId: row.text_version_id,
    flags: JSON.parse(row.flags) as Flag[],
    updates: row.updates === 1,
    verification: row.verification,
    number: row.number,
    signedAt: row.signed_at,
    confirmedAt: row.confirmed_at,
    isContactForgotten: row.contact_forgotten === 1,
    revision: row.revision,
  }
}

function openDetails(row: EndorsementRow, vault: Vault): Details | null {
  if (row.details_sealed === '') return null
  return JSON.parse(vault.open('details', row.address_hash, row.details_sealed)) as Details
}

export async function findAddress(db: Db, vault: Vault, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('endorsements')
    .select(['address_hash', 'address_sealed'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? openAddress(row, vault) : null
}

/** As it was typed, for sending; null when it was destroyed or never there. */
export function openAddress(
  row: Pick<EndorsementRow, 'address_hash' | 'address_sealed'>,
  vault: Vault,
): string | null {
  if (row.address_sealed === '') return null
  return vault.open('address', row.address_hash, row.address_sealed)
}

/** Everything but how visible somebody is: that is the endorser's own (product.md P-2). */
export type Change = Omit<Updateable<Row>, 'visibility'>

/** Changes the row only while it is as it was read (product.md R3); false: somebody was faster. */
export async function changeIfUnchanged(
  db: Db,
  read: Pick<Endorsement, 'id' | 'state' | 'revision'>,
  change: Change,
): Promise<boolean> {
  return changeByEndorser(db, read, change)
}

/** The same for the endorser, who alone may also become more visible (product.md P-2). */
export async function changeByEndorser(
  db: Db,
  read: Pick<Endorsement, 'id' | 'state' | 'revision'>,
  change: Updateable<Row>,
): Promise<boolean> {
  const { id, state, revision } = read
  const { numAffectedRows } = await changeRow(db, { id, state, revision }, change)
  return numAffectedRows === 1n
}

const changeRow = compileOnce(
  (db, read: Pick<Endorsement, 'id' | 'state' | 'revision'>, change: Updateable<Row>) =>
    db
      .updateTable('endorsements')
      .set((eb) => ({ ...change, revision: eb('revision', '+', 1) }))
      .where('id', '=', read.id)
      .where('state', '=', read.state)
      .where('revision', '=', read.revision),
)

/** Makes every listed endorsement of a statement withheld, confirmed or not; never the other way. */
export async function hideListed(db: Db, statementId: string, whose: NamesHidden) {
  const rows = await db
    .updateTable('endorsements')
    .set((eb) => ({ visibility: 'withheld', revision: eb('revision', '+', 1) }))
    .where('statement_id', '=', statementId)
    .where('visibility', '=', 'listed')
    .where('state', '<>', 'withdrawn')
    .$if(whose === 'individuals', (query) => query.where('type', '=', 'individual'))
    .returning(['type', 'country', 'state'])
    .execute()
  return rows.map(({ type, country, state }) => ({
    type,
    country,
    isCounted: state === 'confirmed',
  }))
}

export async function isCapacityTaken(db: Db, capacityHash: string, by: string): Promise<boolean> {
  const row = await db
    .selectFrom('endorsements')
    .select('id')
    .where('capacity_hash', '=', capacityHash)
    .where('id', '<>', by)
    .where('state', '<>', sql.lit('withdrawn'))
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteWhile(
  db: Db,
  id: string,
  states: EndorsementState[],
): Promise<boolean> {
  const result = await db
    .deleteFrom('endorsements')
    .where('id', '=', id)
    .where('state', 'in', states)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Gives an endorsement the next number of its statement; numbers are never given twice. */
export async function giveNumber(
  db: Db,
  { id, statementId }: Pick<Endorsement, 'id' | 'statementId'>,
): Promise<number> {
  const [statement] = (await takeNumber(db, statementId)).rows
  if (!statement) throw new Error('Numbers are given by a statement')
  await writeNumber(db, id, statement.last_number)
  return statement.last_number
}

const takeNumber = compileOnce((db, statementId: string) =>
  db
    .updateTable('statements')
    .set((eb) => ({ last_number: eb('last_number', '+', 1) }))
    .where('id', '=', statementId)
    .returning('last_number'),
)

const writeNumber = compileOnce((db, id: string, number: number) =>
  db.updateTable('endorsements').set({ number }).where('id', '=', id),
)

/** The same for many, in their order. */
export async function giveNumbers(
  db: Db,
  statementId: string,
  ids: string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { last_number: last } = await db
    .updateTable('statements')
    .set((eb) => ({ last_number: eb('last_number', '+', ids.length) }))
    .where('id', '=', statementId)
    .returning('last_number')
    .executeTakeFirstOrThrow()
  const numbers = new Map(ids.map((id, index) => [id, last - ids.length + index + 1]))
  // both databases call the columns of a list of values so, and PostgreSQL takes them for texts
  const given = sql.join([...numbers].map(([id, number]) => sql`(${id}, ${number})`))
  await sql`update endorsements set number = cast(given.column2 as integer)
    from (values ${given}) as given where id = given.column1`.execute(db)
  return numbers
}

/** Confirmed, hidden, and without a number: never on the list. How many of each type and country. */
export async function countNeverListed(db: Db, statementId: string) {
  const rows = await db
    .selectFrom('endorsements')
    .select((eb) => ['type', 'country', eb.fn.countAll<number | string>().as('n')])
    .where('statement_id', '=', statementId)
    .where('state', '=', 'confirmed')
    .where('visibility', '<>', 'listed')
    .where('number', 'is', null)
    .groupBy(['type', 'country'])
    .execute()
  return rows.map(({ type, country, n }) => ({ type, country, n: Number(n) }))
}

export async function suppress(db: Db, addressHash: string, expiresAt: string): Promise<void> {
  await db
    .insertInto('suppressions')
    .values({ address_hash: addressHash, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict.column('address_hash').doUpdateSet({ expires_at: expiresAt }),
    )
    .execute()
}

export async function isSuppressed(db: Db, addressHash: string, now: string): Promise<boolean> {
  return (await listSuppressed(db, [addressHash], now)).has(addressHash)
}

/** Those of some mailboxes, given by their hashes, that get no more mail. */
export async function listSuppressed(
  db: Db,
  addressHashes: string[],
  now: string,
): Promise<Set<string>> {
  if (addressHashes.length === 0) return new Set()
  const { rows } = await suppressedOf(db, addressHashes, now)
  return new Set(rows.map((row) => row.address_hash))
}

const suppressedOf = compileOnce((db, addressHashes: string[], now: string) =>
  db
    .selectFrom('suppressions')
    .select('address_hash')
    .where('address_hash', 'in', addressHashes)
    .where('expires_at', '>', now),
)

/** Pending, signed before an instant, and not reminded yet. */
export async function findUnreminded(db: Db, signedBefore: string, limit: number) {
  return db
    .selectFrom('endorsements')
    .select(['id', 'statement_id', 'address_hash', 'address_sealed', 'language'])
    .where('state', '=', 'pending')
    .where('reminded', '=', 0)
    .where('signed_at', '<', signedBefore)
    .orderBy('signed_at')
    .limit(limit)
    .execute()
}

export async function markReminded(db: Db, id: string): Promise<boolean> {
  const result = await db
    .updateTable('endorsements')
    .set({ reminded: 1 })
    .where('id', '=', id)
    .where('reminded', '=', 0)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deletePendingBefore(db: Db, signedBefore: string): Promise<number> {
  const result = await db
    .deleteFrom('endorsements')
    .where('state', '=', 'pending')
    .where('signed_at', '<', signedBefore)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function deleteExpiredSuppressions(db: Db, now: string): Promise<number> {
  const result = await db
    .deleteFrom('suppressions')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
