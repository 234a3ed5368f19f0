// What the page of a statement is made of: the same for visitors and for the desk's preview.
import type { timelineOf } from '../deliveries/timeline.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { Formats } from '../languages/formats.ts'
import { ownNameOf } from '../languages/languages.ts'
import type { Paths } from '../paths.ts'
import { countJson, type Counts, versionOf } from '../signatories/counts.ts'
import type { TextCounts } from '../signatories/text-counts.ts'
import { rowOf } from '../signatories/rows.ts'
import type { firstNamed } from '../signatories/list.ts'
import type { latestUpdates } from '../updates/find-updates.ts'
import { renderText } from './statement-text.ts'
import {
  endOf,
  inLanguage,
  namesHiddenOf,
  newestMeaning,
  type Statement,
  type Status,
  type TextVersion,
} from './stored-statement.ts'

export interface Shown {
  statement: Statement
  text: TextVersion
  status: Status
  maySign: boolean
  /** the text is not in the language of the page, although nobody asked for that */
  isFallback: boolean
  counts: Counts
  first: Awaited<ReturnType<typeof firstNamed>>
  now: Date
  /** where a language version is read */
  versionHref: (language: string) => string
  /** where earlier texts are told; null when there are none */
  changesHref: string | null
  textCounts: TextCounts | null
  updates: Awaited<ReturnType<typeof latestUpdates>>
  timeline: Awaited<ReturnType<typeof timelineOf>>
  /** this text as PDF; null where no PDF is made */
  letterHref: string | null
}

export function statementView(shown: Shown, { paths, format }: { paths: Paths; format: Formats }) {
  const { statement, text, counts, status, now } = shown
  const { slug, signers } = statement
  return {
    slug,
    kind: statement.kind,
    status,
    title: inLanguage(text.title, text.language),
    summary: inLanguage(text.summary, text.language),
    textHtml: renderText(text.body),
    textLang: text.language,
    textDir: inLanguage('', text.language).dir,
    isFallback: shown.isFallback,
    // a translation that says what the statement said before
    isBehind: text.meaning < newestMeaning(statement),
    authoritativeLanguage: statement.authoritative,
    versions: versionsOf(shown),
    textVersion: {
      number: text.number,
      hash: text.hash,
      isAuthoritative: text.language === statement.authoritative,
      changesHref: shown.changesHref,
    },
    convenors: statement.convenors,
    addressees: statement.addressees,
    topics: statement.topics.map((topic) => ({ topic, href: paths.statements({ topic }) })),
    dated: statement.dated,
    opensAt: statement.opensAt,
    closesAt: endOf(statement),
    signers,
    types: typesFor(statement),
    counts,
    textCounts: shown.textCounts,
    liveVersion: versionOf(countJson(statement, counts, now)),
    namesHidden: namesHiddenOf(statement),
    first: shown.first.map((row) => rowOf(row, format)),
    updates: shown.updates,
    timeline: shown.timeline,
    originallyPublished: statement.originallyPublished,
    maySign: shown.maySign,
    isDiscreet: statement.discreet,
    letterHref: shown.letterHref,
  }
}

function versionsOf({ statement, text, versionHref }: Shown) {
  return statement.versions.map(({ language }) => ({
    language,
    name: ownNameOf(language),
    href: versionHref(language),
    current: language === text.language,
    authoritative: language === statement.authoritative,
  }))
}
