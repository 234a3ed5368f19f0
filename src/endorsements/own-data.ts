// All that is stored about one endorsement, for the endorser to take along.
import type { Context } from '../context.ts'
import { findTextVersion } from '../statements/find-statement.ts'
import { toTheMinute } from './endorse.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import { findAddress, findConsent } from './endorsement-store.ts'

export async function ownData(ctx: Context, own: Endorsement) {
  const text = await findTextVersion(ctx.db, own.textVersionId)
  const consent = await findConsent(ctx.db, own.id)
  return {
    type: own.type,
    state: shownState(own.state),
    number: own.number,
    email: await findAddress(ctx.db, ctx.vault, own.id),
    name: own.details.name,
    acronym: own.details.acronym,
    website: own.details.website,
    organisation_kind: own.details.organisationKind,
    affiliation: own.details.affiliation,
    role: own.details.role,
    contact_name: own.details.contactName,
    contact_role: own.details.contactRole,
    country: own.country,
    visibility: own.visibility,
    language: own.language,
    updates: own.updates,
    verification: own.verification,
    signed_at: own.signedAt,
    confirmed_at: own.confirmedAt && toTheMinute(new Date(own.confirmedAt)),
    statement: text && {
      title: text.title,
      language: text.language,
      text_version: text.number,
      sha256: text.hash,
    },
    consent,
  }
}
