// Seals again, under the current key, what is sealed under another one, while the site goes on.
import type { Db } from '../db/schema.ts'
import { WrongKey } from './cipher.ts'
import { countToReseal, readToReseal, replaceSealed, type SealedRow } from './reseal-store.ts'
import { type SealedTable, sealedTables } from './sealed-columns.ts'
import type { Vault } from './vault.ts'

/** A value that no key opens: it was altered. */
export class Damaged extends Error {
  constructor(table: string, id: string) {
    super(
      `The row ${id} of ${table} holds something that no key opens. The old key was not dropped. ` +
        'Restore that row from a backup or delete it, then run this again.',
    )
  }
}

export type Progress = (table: string, done: number, total: number) => void

/** small, because a writer of the site waits for as long as a batch is written */
const batch = 100

/** @returns how many rows were sealed again; when it resolves, a whole look has found none left */
export async function resealAll(db: Db, vault: Vault, progress: Progress): Promise<number> {
  let all = 0
  for (const table of sealedTables) {
    const total = await countToReseal(db, table, vault.keyId)
    let done = 0
    for (;;) {
      const pass = await resealOnce(db, vault, table, (n) => progress(table.name, done + n, total))
      done += pass.done
      if (pass.found === 0) break
    }
    all += done
  }
  return all
}

/** One pass. Rows that change meanwhile are found by the next one. */
async function resealOnce(
  db: Db,
  vault: Vault,
  table: SealedTable,
  onDone: (done: number) => void,
): Promise<{ found: number; done: number }> {
  const pass = { found: 0, done: 0 }
  let after = ''
  for (;;) {
    const rows = await readToReseal(db, table, { keyId: vault.keyId, after, limit: batch })
    const last = rows.at(-1)
    if (!last) return pass
    pass.found += rows.length
    pass.done += await resealBatch(db, vault, table, rows)
    onDone(pass.done)
    after = last.id
  }
}

async function resealBatch(
  db: Db,
  vault: Vault,
  table: SealedTable,
  rows: SealedRow[],
): Promise<number> {
  const { keyId } = vault
  const sealed = rows.map((row) => ({ row, values: resealed(vault, table, row) }))
  return db.transaction().execute(async (tx) => {
    let done = 0
    for (const { row, values } of sealed) {
      if (await replaceSealed(tx, table, row, { values, keyId })) done += 1
    }
    return done
  })
}

function resealed(vault: Vault, table: SealedTable, row: SealedRow): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(table.columns).map(([column, purpose]) => {
        const value = row.values[column] ?? ''
        const plain = value === '' ? '' : vault.open(purpose, row.bound, value)
        return [column, value === '' ? '' : vault.seal(purpose, row.bound, plain)]
      }),
    )
  } catch (fault) {
    throw fault instanceof WrongKey ? new Damaged(table.name, row.id) : fault
  }
}
