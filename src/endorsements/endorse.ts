// Use case: somebody signs. The same work and the same answer for everyone (product.md P-10): what
// is new, known, blocked or over a limit is told apart only when the mail is sent (see letters.ts).
import { createHash } from 'node:crypto'
import { mayImpersonate } from '../abuse/protect-names.ts'
import type { Origin } from '../abuse/watch.ts'
import type { Context } from '../context.ts'
import { queueMailOnce } from '../mail/queue.ts'
import { maySign, type Statement, versionFor } from '../statements/stored-statement.ts'
import type { Visibility } from '../statements/statement.ts'
import { foldForSearch } from '../text/fold.ts'
import { toTheMinute } from '../text/minutes.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { addressHashOf, capacityHashOf } from './capacity.ts'
import type { Details, EndorserType, Flag } from './endorsement.ts'
import { keepAgreedTexts, keepConsent, recordConsent, recordSignOn } from './endorsement-store.ts'

/** A sign-on whose form was found right. */
export interface SignOn {
  type: EndorserType
  address: EmailAddress
  details: Details
  country: string
  visibility: Visibility
  flags: Flag[]
  updates: boolean
}

/** The exact words a person agreed to (product.md P-5). */
export interface AgreedTexts {
  notice: string
  labels: string
}

export type Endorsed = { outcome: 'recorded'; id: string } | { outcome: 'closed' }

/** Who signs by an invitation has shown the mailbox already: no link to confirm with is sent. */
export type Way = 'form' | 'invitation'

/** Of a sign-on that did not come through the form on the web. */
const noOrigin: Origin = { ip: null, hasProof: false }

export async function endorse(
  ctx: Context,
  statement: Statement,
  signOn: SignOn,
  agreed: { language: string; texts: AgreedTexts },
  origin: Origin = noOrigin,
  way: Way = 'form',
): Promise<Endorsed> {
  const now = ctx.clock.now()
  if (!maySign(statement, now)) return { outcome: 'closed' }
  const { flags, mailDueAt } = await lookedAt(ctx, statement, signOn, origin)
  const text = versionFor(statement, agreed.language)
  const row = sealedRow(
    ctx,
    statement,
    { ...signOn, flags },
    { language: agreed.language, textId: text.id },
  )
  const notice = hashed(agreed.texts.notice)
  const labels = hashed(agreed.texts.labels)
  // nobody's own, so they may be there without a sign-on
  await keepAgreedTexts(ctx.db, [notice, labels])

  const recorded = await ctx.db.transaction().execute(async (tx): Promise<Endorsed> => {
    const stands = await recordSignOn(tx, row)
    const writeConsent = stands.state === 'pending' ? recordConsent : keepConsent
    await writeConsent(tx, {
      ...consentTo(signOn, now, way),
      endorsement_id: stands.id,
      text_hash: text.hash,
      notice_hash: notice.hash,
      labels_hash: labels.hash,
      language: agreed.language,
    })
    if (way === 'form') {
      await queueMailOnce(tx, ctx, {
        kind: 'sign-on',
        recipient: signOn.address.typed,
        language: agreed.language,
        statementId: statement.id,
        endorsementId: stands.id,
        dueAt: mailDueAt,
      })
    }
    return { outcome: 'recorded', id: stands.id }
  })
  ctx.metrics.signOn()
  return recorded
}

/** The form refuses whoever did not tick what is required (product.md P-6). */
function consentTo({ type, updates }: SignOn, now: Date, method: Way) {
  return {
    given_at: toTheMinute(now),
    method,
    authorised: type === 'organisation' ? 1 : 0,
    publishing: 1,
    updates: updates ? 1 : 0,
  } as const
}

/** Which flags it gets, and when its mail may go; a flood raises the alarm (product.md S-6, S-8). */
async function lookedAt(
  ctx: Context,
  statement: Statement,
  { address, details, flags }: SignOn,
  origin: Origin,
): Promise<{ flags: Flag[]; mailDueAt: Date }> {
  const {
    flags: suspicions,
    mailDueAt,
    isFlood,
  } = ctx.watch.judge({
    ...origin,
    statementId: statement.id,
    address,
    text: foldForSearch(`${details.name}\n${details.affiliation ?? ''}`),
    isTrapped: flags.includes('honeypot'),
  })
  if (isFlood) await ctx.alarms.raise('flood', statement.slug)
  const impersonates = await mayImpersonate(ctx.db, statement, details)
  const doubts: Flag[] = impersonates ? ['protected-name'] : []
  return { flags: [...new Set([...flags, ...doubts, ...suspicions])], mailDueAt }
}

function sealedRow(
  { vault, random, clock }: Context,
  statement: Statement,
  { type, address, details, country, visibility, flags, updates }: SignOn,
  read: { language: string; textId: string },
) {
  const addressHash = addressHashOf(vault, statement.id, address.canonical)
  return {
    id: random.id(),
    statement_id: statement.id,
    type,
    state: 'pending' as const,
    key_id: vault.keyId,
    address_hash: addressHash,
    capacity_hash: capacityHashOf(
      vault,
      { statementId: statement.id, type, name: details.name },
      addressHash,
    ),
    address_sealed: vault.seal('address', addressHash, address.typed),
    details_sealed: vault.seal('details', addressHash, JSON.stringify(details)),
    country,
    visibility,
    language: read.language,
    text_version_id: read.textId,
    flags: JSON.stringify(flags),
    updates: updates ? 1 : 0,
    verification: null,
    number: null,
    signed_at: toTheMinute(clock.now()),
    confirmed_at: null,
    withdrawn_at: null,
    reminded: 0,
    revision: 0,
  }
}

/** Of the site's own words, a few in each language. */
const hashes = new Map<string, string>()

function hashed(content: string): { hash: string; content: string } {
  const hash = hashes.get(content) ?? createHash('sha256').update(content).digest('hex')
  hashes.set(content, hash)
  return { hash, content }
}
