// An entry and a decision as the page shows them.
import type { Context } from '../context.ts'
import type { Formats } from '../languages/formats.ts'
import type { MessageKey } from '../languages/languages.ts'
import type { Waiting } from './queue.ts'
import type { NamedReview } from './review-store.ts'
import type { Signal } from './signals.ts'

export function entryView(ctx: Context, format: Formats, waiting: Waiting, isTicked: boolean) {
  const { endorsement, address, domains, signals, similar, reports, history, lookedAtBy } = waiting
  const { id, type, state, details, country, visibility, verification, revision } = endorsement
  return {
    id,
    picked: `${revision}.${reports[0]?.nth ?? 0}`,
    isTicked,
    type,
    state,
    name: details?.name ?? null,
    acronym: details?.acronym ?? null,
    about: [details?.affiliation, details?.role].filter(Boolean).join(', '),
    contact: [details?.contactName, details?.contactRole].filter(Boolean).join(', '),
    country: format.country(country),
    language: format.language(endorsement.language),
    visibility,
    verification,
    address,
    website: details?.website ?? null,
    domains,
    signals: signals.map((signal) => ({ isGood: signal === 'own-domain', words: wordsOf(signal) })),
    similar,
    reports: reportsView(reports, format),
    signedOn: format.time(endorsement.signedAt),
    history: history.map((each) => recentView(ctx, format, each, null)),
    lookedAtBy,
  }
}

const mostShown = 5

function reportsView(reports: Waiting['reports'], format: Formats) {
  return {
    n: reports.length,
    more: Math.max(0, reports.length - mostShown),
    shown: reports.slice(0, mostShown).map(({ reason, words, at }) => ({
      reason,
      words,
      on: format.day(at),
    })),
  }
}

/** Typed, so that no signal is without words. */
const wordsOf = (signal: Signal): MessageKey => `desk.review.signal.${signal}`

export function recentView(
  { vault }: Context,
  format: Formats,
  review: NamedReview,
  /** whose entry it is, where the page does not say so already */
  about: string | null,
) {
  const { id, name, decision, reason, note_sealed, at } = review
  return {
    id,
    name: about,
    by: name,
    decision,
    reason,
    note: note_sealed === '' ? null : vault.open('note', id, note_sealed),
    at: format.time(at),
    iso: at,
  }
}
