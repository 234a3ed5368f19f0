// Use case: sign-ons that a coordinator brings, many at a time. They follow the rules of the form;
// what is different is the evidence, and that a coordinator may confirm them.
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { isAfterClosing } from '../editions/after-closing.ts'
import { queueMails } from '../mail/queue.ts'
import { publishNew } from '../signatories/publish.ts'
import { type Statement, versionFor } from '../statements/stored-statement.ts'
import { toTheMinute } from '../text/minutes.ts'
import { agreedTexts } from './agreed-texts.ts'
import type { Hashes } from './brought.ts'
import { findByMailboxes, insertBrought, insertConsents } from './brought-store.ts'
import { addressHashOf, capacityHashOf } from './capacity.ts'
import {
  type Endorsement,
  type Flag,
  markedLate,
  nothingLeft,
  stateWhenConfirmed,
} from './endorsement.ts'
import type { BroughtSignOn } from './endorsement-form.ts'
import { keepAgreedTexts } from './endorsement-store.ts'
import { allNumbered } from './numbers.ts'

export interface Brought {
  signOn: BroughtSignOn
  hashes: Hashes
  language: string
  /** when its mail may go; not asked for when a coordinator confirms */
  mailDueAt: Date
}

type Needs = Pick<Context, 'vault' | 'clock' | 'random'>

/**
 * Which mailbox and capacity it is (product.md R2). Without a mailbox, a name signs once in a country.
 */
export function hashesOf(
  { vault }: Pick<Context, 'vault'>,
  statementId: string,
  { address, type, details, country }: BroughtSignOn,
): Hashes {
  const canonical = address?.canonical ?? `\0no address\0${details.name}\0${country}`
  const hash = addressHashOf(vault, statementId, canonical)
  const capacity = { statementId, type, name: details.name }
  return { address: hash, capacity: capacityHashOf(vault, capacity, hash) }
}

/**
 * Nobody is brought twice, or back after withdrawing. Who is there already gets a mail as by the form:
 * what it says is decided when it is sent (see letters.ts).
 * @returns the ids of those that were not there yet, in no order
 */
export async function bringIn(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  all: Brought[],
  isConfirmed: boolean,
): Promise<string[]> {
  const isLate = isConfirmed && (await isAfterClosing(tx, statement, ctx.clock.now()))
  const near = nearbyIds(ctx)
  const rows = all.map((brought) => rowOf(ctx, statement, brought, near(), { isConfirmed, isLate }))
  const signed = await findByMailboxes(
    tx,
    rows.map(({ row }) => row.address_hash),
  )
  const there = new Map(signed.map(({ id, capacity_hash }) => [capacity_hash, id]))
  const missing = rows.map(({ row }) => row).filter((row) => !there.has(row.capacity_hash))
  const inserted = await insertBrought(tx, missing)
  const added = rows.filter(({ row }) => inserted.has(row.id))
  await keepEvidence(tx, ctx, statement, added)
  if (isConfirmed) await makePublic(tx, ctx, added)
  else {
    const known = rows.filter(({ row }) => there.has(row.capacity_hash))
    await askToConfirm(tx, ctx, statement, [...added, ...known], there)
  }
  return added.map(({ row }) => row.id)
}

type Made = ReturnType<typeof rowOf>

interface How {
  isConfirmed: boolean
  isLate: boolean
}

/** They begin alike, so that rows which are written together stand together in every index. */
function nearbyIds({ random }: Needs): () => string {
  const beginning = random.id().slice(0, 11)
  return () => beginning + random.id().slice(11)
}

function rowOf(
  ctx: Needs,
  statement: Statement,
  brought: Brought,
  id: string,
  { isConfirmed, isLate }: How,
) {
  const { signOn, language, hashes } = brought
  const flags = isLate ? markedLate(signOn.flags) : signOn.flags
  const { vault, clock } = ctx
  const { typed = '' } = signOn.address ?? {}
  const now = toTheMinute(clock.now())
  const row = {
    id,
    statement_id: statement.id,
    type: signOn.type,
    state: 'pending' as const,
    key_id: vault.keyId,
    address_hash: hashes.address,
    capacity_hash: hashes.capacity,
    address_sealed: typed === '' ? '' : vault.seal('address', hashes.address, typed),
    details_sealed: vault.seal('details', hashes.address, JSON.stringify(signOn.details)),
    country: signOn.country,
    visibility: signOn.visibility,
    language,
    text_version_id: versionFor(statement, language).id,
    flags: JSON.stringify(flags),
    updates: signOn.updates ? 1 : 0,
    verification: null,
    number: null,
    signed_at: now,
    confirmed_at: null,
    withdrawn_at: null,
    reminded: 0,
    revision: 0,
  }
  return {
    brought,
    flags,
    row: isConfirmed ? { ...row, ...confirmedColumns(signOn, statement, { now, flags }) } : row,
  }
}

/** Of a confidential endorsement name and address are gone at once, as when its owner confirms. */
function confirmedColumns(
  { flags: doubts, visibility, country }: BroughtSignOn,
  statement: Statement,
  { now, flags }: { now: string; flags: Flag[] },
) {
  const isConfidential = visibility === 'confidential'
  return {
    state: stateWhenConfirmed(doubts, visibility),
    verification: 'coordinator' as const,
    confirmed_at: now,
    country: isConfidential && statement.discreet ? 'undisclosed' : country,
    ...(isConfidential ? nothingLeft(flags) : {}),
  }
}

async function keepEvidence(tx: Db, { clock }: Needs, statement: Statement, added: Made[]) {
  const texts = new Map<string, string>()
  const keep = (content: string) => {
    const hash = createHash('sha256').update(content).digest('hex')
    texts.set(hash, content)
    return hash
  }
  const consents = added.map(({ row, brought: { signOn, language } }) => {
    const agreed = agreedTexts(signOn.type, language)
    return {
      endorsement_id: row.id,
      text_hash: versionFor(statement, language).hash,
      notice_hash: keep(agreed.notice),
      labels_hash: keep(agreed.labels),
      language,
      given_at: toTheMinute(clock.now()),
      method: 'import',
      authorised: signOn.type === 'organisation' ? 1 : 0,
      publishing: 1,
      updates: signOn.updates ? 1 : 0,
    }
  })
  if (consents.length === 0) return
  await keepAgreedTexts(
    tx,
    [...texts].map(([hash, content]) => ({ hash, content })),
  )
  await insertConsents(tx, consents)
}

/** @param there by mailbox and capacity, the ids of those who had signed before */
async function askToConfirm(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  rows: Made[],
  there: Map<string, string>,
) {
  const mails = rows.map(({ row, brought }) => ({
    kind: 'sign-on' as const,
    recipient: brought.signOn.address?.typed ?? '',
    language: brought.language,
    statementId: statement.id,
    endorsementId: there.get(row.capacity_hash) ?? row.id,
    dueAt: brought.mailDueAt,
  }))
  await queueMails(tx, ctx, mails)
}

async function makePublic(tx: Db, ctx: Needs, added: Made[]): Promise<void> {
  const endorsements = added.map(endorsementOf)
  await publishNew(tx, ctx, await allNumbered(tx, endorsements))
}

function endorsementOf({ row, flags, brought: { signOn } }: Made): Endorsement {
  return {
    id: row.id,
    statementId: row.statement_id,
    type: row.type,
    state: row.state,
    addressHash: row.address_hash,
    details: row.details_sealed === '' ? null : signOn.details,
    country: row.country,
    visibility: row.visibility,
    language: row.language,
    textVersionId: row.text_version_id,
    flags,
    updates: row.updates === 1,
    verification: row.verification,
    number: row.number,
    signedAt: row.signed_at,
    confirmedAt: row.confirmed_at,
    isContactForgotten: false,
    revision: row.revision,
  }
}
