// Use cases: passkeys (WebAuthn) as a second factor. The challenge is made from the session and from
// when a factor was last shown in it: showing it changes nothing, and an answer works only once.
import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { lockCode } from './factor-store.ts'
import { deletePasskey, insertPasskey, listPasskeys, noteCounter } from './passkey-store.ts'
import type { Session } from './sessions.ts'

/** What the browser needs to ask a device; all of it may be seen by the person who is signed in. */
export interface PasskeyOffer {
  challenge: string
  /** the host name that passkeys belong to */
  site: string
  /** those that the person has: one of them must sign, or none of them be made again */
  known: string
}

export interface Passkey {
  id: string
  name: string
  createdAt: string
}

/** Loaded when it is needed: it is three hundred files, and most starts of the program need none. */
const webauthn = () => import('@simplewebauthn/server')

type Asked = Pick<Session, 'id' | 'factorAt'>

const challengeOf = ({ vault }: Pick<Context, 'vault'>, { id, factorAt }: Asked): string =>
  vault.tokenFrom(`passkey\0${id}\0${factorAt ?? ''}`)

function placeOf({ config }: Pick<Context, 'config'>) {
  const { origin, hostname } = new URL(config.baseUrl)
  return { expectedOrigin: origin, expectedRPID: hostname }
}

/** Passkeys belong to a host name; an address of numbers has none. */
export function mayHavePasskeys({ config }: Pick<Context, 'config'>): boolean {
  const { hostname } = new URL(config.baseUrl)
  return isIP(hostname) === 0 && !hostname.startsWith('[')
}

export async function passkeysOf({ db }: Pick<Context, 'db'>, id: string): Promise<Passkey[]> {
  const rows = await listPasskeys(db, id)
  return rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at }))
}

/** null when there is nothing to ask for. */
export async function offerPasskey(
  ctx: Context,
  session: Session,
  { isNew }: { isNew: boolean },
): Promise<PasskeyOffer | null> {
  if (!mayHavePasskeys(ctx)) return null
  const own = await passkeysOf(ctx, session.coordinator.id)
  if (!isNew && own.length === 0) return null
  return {
    challenge: challengeOf(ctx, session),
    site: placeOf(ctx).expectedRPID,
    known: own.map(({ id }) => id).join(' '),
  }
}

/** What a browser sent; null when it is no JSON at all. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * @param typed what the device answered, as JSON
 * @param also done together with it, or not at all
 * @returns false when it does not fit
 */
export async function addPasskey(
  ctx: Context,
  session: Session,
  { typed, name }: { typed: string; name: string },
  also: (tx: Db) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  const response = parsed(typed) as RegistrationResponseJSON | null
  if (response === null) return false
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challengeOf(ctx, session),
    ...placeOf(ctx),
    requireUserVerification: false,
  }).catch(() => null) // whatever is wrong with it, it is not let in
  if (!verified?.verified) return false
  const { credential } = verified.registrationInfo
  const row = {
    id: credential.id,
    coordinator_id: session.coordinator.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: JSON.stringify(credential.transports ?? []),
    name,
    created_at: ctx.clock.now().toISOString(),
  }
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await insertPasskey(tx, row))) return false
    await noteChange(tx, ctx, session, 'passkey added')
    await also(tx)
    return true
  })
}

/** false: without it there would be no second factor, and the mailbox alone would be enough. */
export async function removePasskey(ctx: Context, session: Session, id: string): Promise<boolean> {
  const { coordinator } = session
  return ctx.db.transaction().execute(async (tx) => {
    const hasCode = await lockCode(tx, coordinator.id)
    const others = (await listPasskeys(tx, coordinator.id)).filter((row) => row.id !== id)
    if (!hasCode && others.length === 0) return false
    const isGone = await deletePasskey(tx, coordinator.id, id)
    if (isGone) await noteChange(tx, ctx, session, 'passkey removed')
    return true
  })
}

async function noteChange(
  tx: Db,
  ctx: Context,
  { coordinator: { id } }: Session,
  action: 'passkey added' | 'passkey removed',
): Promise<void> {
  await record(tx, ctx, { actor: id, action, subject: id })
}

/** Whether a device of theirs has signed this very challenge. @param typed its answer, as JSON */
export async function isPasskeyRight(ctx: Context, session: Session, typed: string) {
  const response = parsed(typed) as AuthenticationResponseJSON | null
  const own = await listPasskeys(ctx.db, session.coordinator.id)
  const row = own.find(({ id }) => id === response?.id)
  if (response === null || !row) return false
  const { verifyAuthenticationResponse } = await webauthn()
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challengeOf(ctx, session),
    ...placeOf(ctx),
    requireUserVerification: false,
    credential: {
      id: row.id,
      publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
      counter: row.counter,
    },
  }).catch(() => null)
  if (!verified?.verified) return false
  return noteCounter(ctx.db, row, verified.authenticationInfo.newCounter)
}
