// What an update is: news from the coordinators to endorsers who asked for it, public at the same time.
import type { UpdateState } from './tables.ts'

export interface UpdateText {
  language: string
  title: string
  /** CommonMark without raw HTML */
  body: string
  revision: number
}

export interface Update {
  id: string
  statementId: string
  state: UpdateState
  createdAt: string
  /** since when it is public and being sent; null for a draft */
  sentAt: string | null
  /** how it went, once it is `sent` */
  mails: Mails
  /** the authoritative one first, where there is one */
  texts: UpdateText[]
}

/** How many mails of an update. */
export interface Mails {
  sent: number
  failed: number
  /** not wanted any more when their turn came */
  dropped: number
}

/** Which texts somebody has seen: another one after every save. */
export function markOf({ texts }: Pick<Update, 'texts'>): string {
  return texts.map(({ language, revision }) => `${language}-${revision}`).join('.')
}

/** The text in a language, else the authoritative one; null when that is not written yet. */
export function textFor(
  { texts }: Pick<Update, 'texts'>,
  language: string,
  authoritative: string,
): UpdateText | null {
  const found = texts.find((text) => text.language === language && isWritten(text))
  return found ?? texts.find((text) => text.language === authoritative && isWritten(text)) ?? null
}

/** Both parts: a title alone is no news. */
export function isWritten({ title, body }: Pick<UpdateText, 'title' | 'body'>): boolean {
  return title !== '' && body !== ''
}
