// Use cases: the second factor by a code app (RFC 6238) or a recovery code. Five wrong ones end the
// session, and after twenty on a day no code of the app is looked at, so that codes cannot be tried out.
import { Secret, TOTP } from 'otpauth'
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import {
  forgetTries,
  noteTry,
  readCode,
  replaceRecoveryCodes,
  useRecoveryCode,
  useStep,
  writeCode,
} from './factor-store.ts'
import type { Db } from '../db/schema.ts'
import { addPasskey, isPasskeyRight } from './passkeys.ts'
import type { Session } from './sessions.ts'
import { deleteSession, noteFactor, noteWrongCode } from './session-store.ts'

const stepSeconds = 30
/** clocks of phones are off by a little */
const window = 1
const mostWrong = 5
/** by whoever reads the mailbox, and so can begin session after session */
const mostWrongADay = 20
const recoveryCodes = 10

function codeApp(secret: Secret, label: string, issuer: string): TOTP {
  return new TOTP({ secret, label, issuer, period: stepSeconds })
}

/**
 * The secret that somebody is offered to set up: always the same within a session, so that showing
 * it changes nothing (product.md M-1).
 */
export function offeredCode(ctx: Context, { id, coordinator }: Session) {
  const secret = Secret.fromUTF8(ctx.vault.tokenFrom(`code\0${id}\0${coordinator.id}`))
  const app = codeApp(secret, coordinator.email, ctx.config.siteName)
  return { secret: secret.base32, uri: app.toString() }
}

/** The time step of a code; null when it is not one of now. */
function stepOf(ctx: Pick<Context, 'clock'>, base32: string, code: string): number | null {
  const timestamp = ctx.clock.now().getTime()
  const app = codeApp(Secret.fromBase32(base32), '', '')
  const delta = app.validate({ token: code.replaceAll(/\s/g, ''), timestamp, window })
  return delta === null ? null : app.counter({ timestamp }) + delta
}

/** @returns recovery codes, to be shown once; null when the code is wrong */
export async function setUpCode(
  ctx: Context,
  session: Session,
  code: string,
): Promise<string[] | null> {
  const { coordinator } = session
  const { secret } = offeredCode(ctx, session)
  const step = stepOf(ctx, secret, code)
  if (step === null) return null
  const fresh = newRecoveryCodes(ctx)
  await ctx.db.transaction().execute(async (tx) => {
    await writeCode(tx, coordinator.id, ctx.vault.seal('code', coordinator.id, secret), step)
    await noteSetUp(tx, ctx, session, fresh)
  })
  return fresh
}

/** The same with a passkey and no code app. @returns null when what the device answered does not fit */
export async function setUpPasskey(
  ctx: Context,
  session: Session,
  passkey: { typed: string; name: string },
): Promise<string[] | null> {
  const fresh = newRecoveryCodes(ctx)
  const isAdded = await addPasskey(ctx, session, passkey, (tx) =>
    noteSetUp(tx, ctx, session, fresh),
  )
  return isAdded ? fresh : null
}

async function noteSetUp(tx: Db, ctx: Context, { id, coordinator }: Session, codes: string[]) {
  const { id: actor } = coordinator
  const hashes = codes.map((each) => hashOf(ctx, actor, each))
  await replaceRecoveryCodes(tx, actor, hashes)
  await noteFactor(tx, id, ctx.clock.now().toISOString())
  await record(tx, ctx, { actor, action: 'second factor set up', subject: actor })
}

/** `ended`: there were too many wrong ones, and the session is over. */
export type Shown = 'right' | 'wrong' | 'ended'

export interface TypedFactor {
  /** six digits of the code app, or a recovery code, which works once */
  code: string
  /** what a device answered, as JSON; '' when a code was typed */
  passkey: string
}

/** null when there is neither. */
export function typedFactor(fields: Partial<Record<string, string>>): TypedFactor | null {
  const { second_factor: code = '', passkey = '' } = fields
  return code === '' && passkey === '' ? null : { code, passkey }
}

export async function showSecondFactor(
  ctx: Context,
  session: Session,
  { code, passkey }: TypedFactor,
): Promise<Shown> {
  const { coordinator, id } = session
  const isByPasskey = passkey !== '' && (await isPasskeyRight(ctx, session, passkey))
  return ctx.db.transaction().execute(async (tx) => {
    const wrong = await noteWrongCode(tx, id, mostWrong)
    if (wrong === null) return 'ended'
    if (isByPasskey || (await isRight(ctx, tx, coordinator.id, code))) {
      await noteFactor(tx, id, ctx.clock.now().toISOString())
      await forgetTries(tx, coordinator.id)
      return 'right'
    }
    if (wrong < mostWrong) return 'wrong'
    await deleteSession(tx, coordinator.id, id)
    return 'ended'
  })
}

async function isRight(ctx: Context, tx: Context['db'], id: string, typed: string) {
  // nobody can guess a recovery code
  if (await useRecoveryCode(tx, id, hashOf(ctx, id, typed))) return true
  const day = ctx.clock.now().toISOString().slice(0, 10)
  if (!(await noteTry(tx, id, day, mostWrongADay))) return false
  const code = await readCode(tx, id)
  const secret = code && ctx.vault.open('code', id, code.sealed)
  const step = secret === null ? null : stepOf(ctx, secret, typed)
  return step !== null && useStep(tx, id, step)
}

/** Ten of twelve letters and digits without look-alikes, in groups of four. */
function newRecoveryCodes({ random }: Pick<Context, 'random'>): string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const letters = `${random.id()}${random.id()}`
      .toLowerCase()
      .replaceAll(/[^a-hj-km-np-z2-9]/g, '')
    return letters.slice(0, 12).replaceAll(/(.{4})(?=.)/g, '$1-')
  })
}

function hashOf({ vault }: Pick<Context, 'vault'>, coordinatorId: string, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return vault.hash('token', `recovery\0${coordinatorId}`, plain)
}
