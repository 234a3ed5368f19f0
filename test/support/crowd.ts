// Many endorsers quickly: through the same use cases as the form and the button in the mail, without
// HTTP and SMTP, for tests that are about what comes after.
import assert from 'node:assert/strict'
import { issueLink } from '../../src/confirmations/links.ts'
import type { Context } from '../../src/context.ts'
import { agreedTexts } from '../../src/endorsements/agreed-texts.ts'
import { confirm } from '../../src/endorsements/confirm.ts'
import { endorse } from '../../src/endorsements/endorse.ts'
import { readSignOn } from '../../src/endorsements/endorsement-form.ts'
import { findStatement } from '../../src/statements/find-statement.ts'

type Site = { ctx: Context }
type Answers = Record<string, string>

export interface Signed {
  id: string
  /** of the link in the mail */
  token: string
}

/** Sends the form; the endorsement waits for its confirmation. */
export async function signUp(
  { ctx }: Site,
  slug: string,
  answers: Answers,
  language = 'en',
): Promise<Signed> {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement, slug)
  const read = readSignOn(answers, statement)
  assert.ok(read.ok, `${answers['name']}: ${JSON.stringify(read)}`)
  const texts = agreedTexts(read.value.type, language)
  const endorsed = await endorse(ctx, statement, read.value, { language, texts })
  assert.equal(endorsed.outcome, 'recorded')
  return { id: endorsed.id, token: await confirmToken(ctx, endorsed.id) }
}

/** A new link as a mail would carry it; it supersedes the last one. */
export async function confirmToken(ctx: Context, endorsementId: string): Promise<string> {
  return issueLink(ctx.db, ctx, { purpose: 'confirm', endorsementId, mailId: ctx.random.id() })
}

/** @returns the token of the private page */
export async function signUpAndConfirm(
  site: Site,
  slug: string,
  answers: Answers,
  language = 'en',
): Promise<string> {
  const { token } = await signUp(site, slug, answers, language)
  const confirmed = await confirm(site.ctx, token)
  assert.equal(confirmed.outcome, 'confirmed')
  return confirmed.manageToken
}
