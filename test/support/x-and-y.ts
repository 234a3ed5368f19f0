// Somebody who signed and somebody who did not, of whom the same is asked. Both are called the same
// number of letters, so that whatever is still different tells them apart.
import assert from 'node:assert/strict'
import { harbour, jose } from './people.ts'
import { type Answers, post, signAndConfirm, signAndGetLink } from './signing.ts'
import type { TestSite } from './site.ts'

export interface XAndY {
  /** signed */
  x: Answers
  /** did not */
  y: Answers
  /** the private page of x; null where x has not confirmed */
  own: string | null
}

export const fates = ['pending', 'listed', 'withheld', 'confidential', 'withdrawn'] as const
export type Fate = (typeof fates)[number]

let pairs = 10

function named(kind: 'individual' | 'organisation', who: 'Xilda' | 'Yelva', n: number): Answers {
  const email = `${who.toLowerCase()}.person${n}@gmail.com`
  if (kind === 'individual') return { ...jose, name: `${who} Person ${n}`, email, affiliation: '' }
  const contact = { contact_name: `${who} Contact ${n}`, website: '', acronym: '' }
  return { ...harbour, ...contact, name: `${who} Alliance ${n}`, email }
}

export async function xAndY(
  site: TestSite,
  slug: string,
  fate: Fate,
  {
    kind = 'organisation',
    country = 'KE',
  }: { kind?: 'individual' | 'organisation'; country?: string } = {},
): Promise<XAndY> {
  pairs += 1
  const visibility = fate === 'withheld' || fate === 'confidential' ? fate : 'listed'
  const x = { ...named(kind, 'Xilda', pairs), country, visibility }
  const y = { ...named(kind, 'Yelva', pairs), country, visibility }
  return { x, y, own: await bring(site, slug, x, fate) }
}

async function bring(site: TestSite, slug: string, x: Answers, fate: Fate): Promise<string | null> {
  if (fate === 'pending') {
    await signAndGetLink(site, slug, x)
    return null
  }
  const own = await signAndConfirm(site, slug, x)
  if (fate === 'withdrawn') await post(site, own, { decision: 'withdraw' })
  await site.deliverMail()
  return own
}

/** All that reaches whoever asks, without the time of day and without what they typed themselves. */
export async function answerTo(response: Response, typed: Answers) {
  const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'etag')
  return { status: response.status, headers, body: without(await response.text(), typed) }
}

/** A text without somebody's values, however they are written in an address or a page. */
export function without(text: string, somebody: Answers): string {
  const values = ['email', 'name', 'contact_name'].flatMap((field) => {
    const value = somebody[field] ?? ''
    const escaped = encodeURIComponent(value)
    return [value, value.toLowerCase(), escaped, escaped.replaceAll('%20', '+')]
  })
  return values.filter(Boolean).reduce((rest, value) => rest.replaceAll(value, '…'), text)
}

/** Asks the same about both; whoever asks learns nothing. */
export async function assertSameAnswer(
  { x, y }: Pick<XAndY, 'x' | 'y'>,
  ask: (somebody: Answers) => Promise<Response>,
  message = '',
): Promise<void> {
  const aboutY = await answerTo(await ask(y), y)
  assert.deepEqual(await answerTo(await ask(x), x), aboutY, message)
}
