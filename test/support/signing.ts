// The steps that many tests take: sign, open the mail, confirm. All through HTTP and SMTP.
import assert from 'node:assert/strict'
import type { Mail } from './mail.ts'
import type { TestSite } from './site.ts'

export type Answers = Record<string, string>

/** Sends the form with `checked=yes`, as the check-your-answers page does; follows no redirect. */
export async function post(
  site: TestSite,
  path: string,
  fields: Answers,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(site.address + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers,
  })
}

export async function sign(
  site: TestSite,
  slug: string,
  answers: Answers,
  language = '',
): Promise<Response> {
  const prefix = language === '' ? '' : `/${language}`
  return post(site, `${prefix}/statements/${slug}/endorse`, { ...answers, checked: 'yes' })
}

/** The first link of a kind in the text part of a mail, as a path. */
export function linkIn(mail: Mail, kind: 'confirm' | 'endorsement'): string {
  const link = new RegExp(`https?://\\S+/${kind}/[\\w-]+`).exec(mail.text)?.[0]
  assert.ok(link, `the mail "${mail.subject}" has a link to /${kind}/…`)
  return new URL(link).pathname
}

/** Signs and waits for the mail; returns the path of the link in it. */
export async function signAndGetLink(
  site: TestSite,
  slug: string,
  answers: Answers,
  language = '',
): Promise<string> {
  const response = await sign(site, slug, answers, language)
  assert.equal(response.status, 303, await response.text())
  await site.deliverMail()
  const mail = await site.inbox.waitFor(answers['email'] ?? '')
  return linkIn(mail, 'confirm')
}

/** Signs, confirms, and returns the path of the private page. */
export async function signAndConfirm(
  site: TestSite,
  slug: string,
  answers: Answers,
  language = '',
): Promise<string> {
  const link = await signAndGetLink(site, slug, answers, language)
  const confirmed = await post(site, link, { decision: 'confirm' })
  assert.equal(confirmed.status, 303)
  await site.deliverMail()
  const location = confirmed.headers.get('location') ?? ''
  return new URL(location, site.address).pathname
}

export async function counts(site: TestSite, slug: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${site.address}/statements/${slug}/count.json`)
  return (await response.json()) as Record<string, unknown>
}

export async function listed(
  site: TestSite,
  slug: string,
  query = '',
): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${site.address}/statements/${slug}/signatories.json${query}`)
  const list = (await response.json()) as { signatories: Record<string, unknown>[] }
  return list.signatories
}
