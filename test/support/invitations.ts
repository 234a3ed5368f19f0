// Inviting as the desk does, for tests that are about something else.
import assert from 'node:assert/strict'
import { invitationHashOf, tokenOf } from '../../src/invitations/invitation.ts'
import { invite } from '../../src/invitations/invite.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import type { Mail } from './mail.ts'
import type { TestSite } from './site.ts'

/** @returns the tokens of the two links in the mail */
export async function inviteSomebody(
  site: TestSite,
  slug: string,
  {
    name = 'Coastal Peer Network',
    email = 'office@coastal.example',
    country = 'KE',
  }: { name?: string; email?: string; country?: string | null } = {},
): Promise<{ link: string; stop: string }> {
  const { ctx } = site
  const statement = await findStatement(ctx.db, slug)
  const address = parseEmailAddress(email)
  assert.ok(statement && address.ok)
  const unknown = { acronym: null, website: null, organisationKind: null }
  const about = { name, contactName: 'Rosa Contact', country, language: 'en', ...unknown }
  await invite(ctx, statement, [{ ...about, address: address.value }], 'test')
  const address_hash = invitationHashOf(ctx.vault, statement.id, address.value.canonical)
  const { id } = await ctx.db
    .selectFrom('invitations')
    .select('id')
    .where('address_hash', '=', address_hash)
    .executeTakeFirstOrThrow()
  return {
    link: tokenOf(ctx.vault, 'invitation', id),
    stop: tokenOf(ctx.vault, 'stop', id),
  }
}

/** The path of a link in the text part of an invitation. */
export function invitationIn(mail: Mail): string {
  return pathIn(mail, /https?:\/\/\S+\/invitation\/[\w-]+/)
}

export function stopIn(mail: Mail): string {
  return pathIn(mail, /https?:\/\/\S+\/invitations\/stop\/[\w-]+/)
}

function pathIn(mail: Mail, pattern: RegExp): string {
  const link = pattern.exec(mail.text)?.[0]
  assert.ok(link, `the mail “${mail.subject}” has such a link`)
  return new URL(link).pathname
}
