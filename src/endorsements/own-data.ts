// All that is stored about one endorsement, for the endorser to take along.
import type { Context } from '../context.ts'
import { findTextVersion } from '../statements/find-statement.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import { findAddress, findConsent } from './endorsement-store.ts'
import { listReconfirmations } from './reconfirm-store.ts'

export async function ownData(ctx: Context, own: Endorsement) {
  const text = await findTextVersion(ctx.db, own.textVersionId)
  const consent = await findConsent(ctx.db, own.id)
  const { details } = own // null when confidential
  return {
    type: own.type,
    state: shownState(own.state),
    number: own.number,
    email: await findAddress(ctx.db, ctx.vault, own.id),
    name: details?.name ?? null,
    acronym: details?.acronym ?? null,
    website: details?.website ?? null,
    organisation_kind: details?.organisationKind ?? null,
    affiliation: details?.affiliation ?? null,
    role: details?.role ?? null,
    contact_name: details?.contactName ?? null,
    contact_role: details?.contactRole ?? null,
    country: own.country,
    visibility: own.visibility,
    language: own.language,
    updates: own.updates,
    verification: own.verification,
    signed_at: own.signedAt,
    confirmed_at: own.confirmedAt,
    statement: text && {
      title: text.title,
      language: text.language,
      text_version: text.number,
      sha256: text.hash,
    },
    consent,
    reconfirmed: await listReconfirmations(ctx.db, own.id),
  }
}
