// Thousands of confirmed endorsers at once, written as the use cases write them, in bulk.
import assert from 'node:assert/strict'
import type { Context } from '../../src/context.ts'
import type { Db } from '../../src/db/schema.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { recountListed } from '../../src/signatories/listed-store.ts'
import { sortKeysOf } from '../../src/signatories/order.ts'

const at = '2026-11-21T12:00:00.000Z'
const batch = 500
const countries = ['KE', 'AR', 'FR', 'UA', 'EG']

/** Every tenth is an organisation, every tenth is withheld. */
export const nameOf = (n: number) => `${n % 10 === 1 ? 'Alliance' : 'Person'} Quillfeather ${n}`
const typeOf = (n: number) => (n % 10 === 1 ? ('organisation' as const) : ('individual' as const))
const visibilityOf = (n: number) => (n % 10 === 2 ? ('withheld' as const) : ('listed' as const))
const countryOf = (n: number) => countries[n % countries.length] ?? 'KE'

export async function insertMany(ctx: Context, slug: string, howMany: number): Promise<void> {
  const statement = await findStatement(ctx.db, slug)
  const text = statement?.versions[0]
  assert.ok(statement && text)
  const ids = { statement: statement.id, text: text.id }
  await ctx.db.transaction().execute(async (tx) => {
    for (let first = 1; first <= howMany; first += batch) {
      const length = Math.min(batch, howMany - first + 1)
      const numbers = Array.from({ length }, (_unused, n) => first + n)
      await insertBatch(tx, ctx, ids, numbers)
    }
    await insertTallies(tx, ids, howMany)
    await recountListed(tx, ids.statement)
  })
}

type Ids = { statement: string; text: string }

async function insertBatch(tx: Db, ctx: Context, ids: Ids, numbers: number[]): Promise<void> {
  const rows = numbers.map((n) => endorsement(ctx, ids, n))
  await tx.insertInto('endorsements').values(rows).execute()
  const listed = numbers.filter((n) => visibilityOf(n) === 'listed')
  await tx
    .insertInto('signatories')
    .values(listed.map((n) => signatory(ids, n)))
    .execute()
  const places = listed.flatMap((n) =>
    sortKeysOf({ type: typeOf(n), name: nameOf(n) }).map(({ collation, key }) => ({
      endorsement_id: idOf(n),
      statement_id: ids.statement,
      collation,
      sort_key: key,
      country: countryOf(n),
      verification: 'email' as const,
      language: 'en',
    })),
  )
  await tx.insertInto('signatory_order').values(places).execute()
}

const idOf = (n: number) => `many-${n}`

function endorsement({ vault }: Context, ids: Ids, n: number) {
  const hash = vault.hash('address', ids.statement, `person-${n}@many.example`)
  const details = {
    name: nameOf(n),
    acronym: null,
    website: null,
    organisationKind: null,
    contactName: null,
    contactRole: null,
    affiliation: null,
    role: null,
  }
  return {
    id: idOf(n),
    statement_id: ids.statement,
    type: typeOf(n),
    state: 'confirmed' as const,
    key_id: vault.keyId,
    address_hash: hash,
    capacity_hash: idOf(n),
    address_sealed: vault.seal('address', hash, `person-${n}@many.example`),
    details_sealed: vault.seal('details', hash, JSON.stringify(details)),
    country: countryOf(n),
    visibility: visibilityOf(n),
    language: 'en',
    text_version_id: ids.text,
    flags: '[]',
    updates: 0,
    verification: 'email' as const,
    number: visibilityOf(n) === 'listed' ? n : null,
    signed_at: at,
    confirmed_at: at,
    withdrawn_at: null,
    reminded: 0,
    revision: 1,
  }
}

function signatory(ids: Ids, n: number) {
  return {
    endorsement_id: idOf(n),
    statement_id: ids.statement,
    number: n,
    type: typeOf(n),
    name: nameOf(n),
    acronym: null,
    affiliation: null,
    role: null,
    country: countryOf(n),
    verification: 'email' as const,
    confirmed_on: at.slice(0, 10),
    language: 'en',
    late: 0,
    search_text: nameOf(n).toLowerCase(),
  }
}

async function insertTallies(tx: Db, ids: Ids, howMany: number): Promise<void> {
  const numbers = Array.from({ length: howMany }, (_unused, n) => n + 1)
  const cells = Map.groupBy(numbers, (n) => `${typeOf(n)} ${visibilityOf(n)} ${countryOf(n)}`)
  const rows = [...cells.values()].map((members) => {
    const n = members[0] ?? 0
    const cell = { type: typeOf(n), visibility: visibilityOf(n), country: countryOf(n) }
    return { ...cell, statement_id: ids.statement, n: members.length, changed_at: at }
  })
  await tx.insertInto('tallies').values(rows).execute()
}
