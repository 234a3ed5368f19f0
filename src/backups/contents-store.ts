// What a database holds, in the few numbers that tell one backup from another.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Contents } from './examine.ts'

export async function readContents(db: Db): Promise<Contents> {
  const { rows } = await sql<Record<keyof Contents, number | string | null>>`
    select
      (select count(*) from statements) as "statements",
      (select count(*) from endorsements) as "endorsements",
      (select count(*) from endorsements where state = 'confirmed') as "confirmed",
      (select max(at) from (
        select max(updated_at) as at from statements
        union all select max(signed_at) from endorsements
        union all select max(confirmed_at) from endorsements
        union all select max(created_at) from outbox
        union all select max(at) from audit_log
      ) as instants) as "asOf"
  `.execute(db)
  const [row] = rows
  return {
    statements: Number(row?.statements),
    endorsements: Number(row?.endorsements),
    confirmed: Number(row?.confirmed),
    asOf: row?.asOf === null || row?.asOf === undefined ? null : String(row.asOf),
  }
}
