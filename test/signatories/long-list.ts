// A list as long as the largest campaigns, written straight into the tables.
import assert from 'node:assert/strict'
import type { Context } from '../../src/context.ts'
import { recountListed } from '../../src/signatories/listed-store.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { collationOf } from '../../src/text/collation.ts'

const at = '2026-11-21T12:00:00.000Z'
// long enough that the list does not fit into the buffers of a socket
const filler = 'Long description of a role. '.repeat(16)

/** Listed individuals, in the order of English only. */
export async function writeLongList(ctx: Context, slug: string, howMany: number): Promise<void> {
  const statement = await findStatement(ctx.db, slug)
  const text = statement?.versions[0]
  assert.ok(statement && text)
  const ids = { statement: statement.id, text: text.id }
  await ctx.db.transaction().execute(async (tx) => {
    for (let first = 0; first < howMany; first += 1000) {
      const numbers = Array.from(
        { length: Math.min(1000, howMany - first) },
        (_, n) => first + n + 1,
      )
      await tx
        .insertInto('endorsements')
        .values(numbers.map((n) => endorsement(n, ids)))
        .execute()
      await tx
        .insertInto('signatories')
        .values(numbers.map((n) => signatory(n, ids)))
        .execute()
      await tx
        .insertInto('signatory_order')
        .values(numbers.map((n) => place(n, ids)))
        .execute()
    }
    await recountListed(tx, ids.statement)
  })
}

type Ids = { statement: string; text: string }
const idOf = (n: number) => `row-${n}`

function endorsement(n: number, ids: Ids) {
  return {
    id: idOf(n),
    statement_id: ids.statement,
    type: 'individual' as const,
    state: 'confirmed' as const,
    key_id: 'none',
    address_hash: idOf(n),
    capacity_hash: idOf(n),
    address_sealed: '',
    details_sealed: '',
    country: 'KE',
    visibility: 'listed' as const,
    language: 'en',
    text_version_id: ids.text,
    flags: '[]',
    updates: 0,
    verification: 'email' as const,
    number: n,
    signed_at: at,
    confirmed_at: at,
    withdrawn_at: null,
    reminded: 0,
    revision: 0,
  }
}

function signatory(n: number, ids: Ids) {
  return {
    endorsement_id: idOf(n),
    statement_id: ids.statement,
    number: n,
    type: 'individual' as const,
    name: `Person ${n}`,
    acronym: null,
    affiliation: filler,
    role: filler,
    country: 'KE',
    verification: 'email' as const,
    confirmed_on: at.slice(0, 10),
    language: 'en',
    late: 0,
    search_text: `person ${n}`,
  }
}

function place(n: number, ids: Ids) {
  return {
    endorsement_id: idOf(n),
    statement_id: ids.statement,
    collation: collationOf('en'),
    sort_key: `1${String(n).padStart(8, '0')}`,
    country: 'KE',
    verification: 'email' as const,
    language: 'en',
  }
}
