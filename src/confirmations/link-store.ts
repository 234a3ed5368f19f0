// The only SQL about link tokens. A token is never here, only its hash (product.md M-3).
import type { Selectable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { EndorsementTables, TokenPurpose, TokenState } from '../endorsements/tables.ts'

export type LinkRow = Selectable<EndorsementTables['tokens']>

const linkBy = compileOnce((db, hash: string) =>
  db.selectFrom('tokens').selectAll().where('hash', '=', hash),
)

export async function findLink(db: Db, hash: string): Promise<LinkRow | null> {
  const { rows } = await linkBy(db, hash)
  return rows[0] ?? null
}

/** A mail that is sent again carries the same link, and being the newest mail, it must work. */
export const writeLink = compileOnce((db, link: LinkRow) =>
  db
    .insertInto('tokens')
    .values(link)
    .onConflict((conflict) =>
      conflict
        .column('hash')
        .doUpdateSet({ state: link.state, expires_at: link.expires_at })
        .where('tokens.state', '<>', 'used'),
    ),
)

const linkWithRowBy = compileOnce((db, hash: string) => {
  const link = db.selectFrom('tokens').where('hash', '=', hash)
  return db
    .selectFrom('endorsements')
    .selectAll()
    .select([
      link.select('state').$asScalar().$notNull().as('link_state'),
      link.select('expires_at').$asScalar().$notNull().as('expires_at'),
    ])
    .where('id', '=', link.select('endorsement_id'))
})

/** Together with the endorsement that it leads to. */
export async function findLinkWithRow(db: Db, hash: string) {
  const { rows } = await linkWithRowBy(db, hash)
  return rows[0] ?? null
}

export const supersedeLinks = compileOnce(
  (db, endorsementId: string, purpose: TokenPurpose, exceptHash: string) =>
    db
      .updateTable('tokens')
      .set({ state: 'superseded' })
      .where('endorsement_id', '=', endorsementId)
      .where('purpose', '=', purpose)
      .where('state', '=', 'live')
      .where('hash', '<>', exceptHash),
)

/** Those to confirm with are used, and none to manage but one works any more. */
export const useLinks = compileOnce((db, endorsementId: string, exceptHash: string) =>
  db
    .updateTable('tokens')
    .set((eb) => ({
      state: eb
        .case()
        .when('purpose', '=', 'confirm')
        .then<TokenState>('used')
        .else<TokenState>('superseded')
        .end(),
    }))
    .where('endorsement_id', '=', endorsementId)
    .where('purpose', 'in', ['confirm', 'manage'])
    .where('state', '=', 'live')
    .where('hash', '<>', exceptHash),
)

export async function hasLiveLink(
  db: Db,
  endorsementId: string,
  purpose: TokenPurpose,
  now: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('tokens')
    .select('hash')
    .where('endorsement_id', '=', endorsementId)
    .where('purpose', '=', purpose)
    .where('state', '=', 'live')
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteLinksExpiredBefore(db: Db, instant: string): Promise<number> {
  const result = await db.deleteFrom('tokens').where('expires_at', '<', instant).executeTakeFirst()
  return Number(result.numDeletedRows)
}
