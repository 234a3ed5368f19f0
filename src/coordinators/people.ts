// Use cases: who works at the desk.
import { lockLog, record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { EmailAddress } from '../text/email-address.ts'
import {
  changeRole,
  countOtherAdmins,
  findCoordinator,
  insertCoordinator,
  isAnybodyThere,
  removeCoordinator,
} from './coordinator-store.ts'
import type { Role } from './roles.ts'
import { issueSignInLink } from './sign-in.ts'

export interface NewCoordinator {
  address: EmailAddress
  name: string
  organisation: string
  role: Role
  language: string
}

export const emailHashOf = ({ vault }: Pick<Context, 'vault'>, address: EmailAddress): string =>
  vault.hash('coordinator', 'site', address.canonical)

/** @param actor who does it, as in the audit log @returns a sign-in link's token; null: known */
export async function addCoordinator(
  ctx: Context,
  { address, name, organisation, role, language }: NewCoordinator,
  actor: string,
  { onlyWhenAlone = false }: { onlyWhenAlone?: boolean } = {},
): Promise<{ id: string; token: string } | null> {
  const id = ctx.random.id()
  return ctx.db.transaction().execute(async (tx) => {
    // the head of the audit log is locked by whoever writes first: two cannot both be the first
    await lockLog(tx)
    if (onlyWhenAlone && (await isAnybodyThere(tx))) return null
    const isNew = await insertCoordinator(tx, {
      id,
      email_hash: emailHashOf(ctx, address),
      email_sealed: ctx.vault.seal('coordinator', id, address.typed),
      name,
      organisation,
      role,
      language,
      code_sealed: '',
      code_step: 0,
      tries: 0,
      tries_on: '',
      created_at: ctx.clock.now().toISOString(),
      removed_at: null,
    })
    if (!isNew) return null
    await record(tx, ctx, { actor, action: 'coordinator added', subject: id, detail: { role } })
    const token = await issueSignInLink(tx, ctx, { coordinatorId: id, seed: ctx.random.id() })
    return { id, token }
  })
}

/** null for somebody who is not there. */
export async function idOf(ctx: Context, address: EmailAddress): Promise<string | null> {
  const found = await findCoordinator(ctx.db, ctx.vault, { emailHash: emailHashOf(ctx, address) })
  return found?.id ?? null
}

/** For somebody who is there already: the way in when mail does not arrive. */
export async function linkFor(ctx: Context, address: EmailAddress): Promise<string | null> {
  const found = await findCoordinator(ctx.db, ctx.vault, { emailHash: emailHashOf(ctx, address) })
  if (!found) return null
  return issueSignInLink(ctx.db, ctx, { coordinatorId: found.id, seed: ctx.random.id() })
}

export type Changed = 'changed' | 'last-admin' | 'unknown'

export async function setRole(ctx: Context, id: string, role: Role, actor: string) {
  return changePerson(ctx, id, role !== 'admin', async (tx) => {
    await changeRole(tx, id, role)
    await record(tx, ctx, { actor, action: 'coordinator changed', subject: id, detail: { role } })
  })
}

export async function removePerson(ctx: Context, id: string, actor: string) {
  return changePerson(ctx, id, true, async (tx) => {
    await removeCoordinator(tx, id, ctx.clock.now().toISOString())
    await record(tx, ctx, { actor, action: 'coordinator removed', subject: id })
  })
}

/** The last admin stays: otherwise nobody could let anybody in. */
async function changePerson(
  ctx: Context,
  id: string,
  isNoAdminAfterwards: boolean,
  change: (tx: Context['db']) => Promise<void>,
): Promise<Changed> {
  return ctx.db.transaction().execute(async (tx) => {
    const others = await countOtherAdmins(tx, id)
    const person = await findCoordinator(tx, ctx.vault, { id })
    if (!person) return 'unknown'
    if (isNoAdminAfterwards && person.role === 'admin' && others === 0) return 'last-admin'
    await change(tx)
    return 'changed'
  })
}
