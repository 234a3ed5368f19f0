// A statement as PDF: the letter with its signatories, the list alone, or the numbers on one sheet.
// Made from what it is given, so that a frozen edition and the present list are set alike.
import { prefixFor } from '../http/respond.ts'
import type { Context } from '../context.ts'
import { pathsUnder } from '../paths.ts'
import type { Counts } from '../signatories/counts.ts'
import type { ByCountry } from '../signatories/by-country.ts'
import type { Row } from '../signatories/rows.ts'
import type { Statement, TextVersion } from '../statements/stored-statement.ts'
import { type Grouping, groupsOf } from './entries.ts'
import { proseOf } from './prose.ts'
import { summaryOf } from './summary.ts'
import type { Typeset } from './typesetter.ts'
import {
  addresseeOf,
  convenorOf,
  countWords,
  frameOf,
  notesOf,
  speechFor,
  type Speech,
} from './words.ts'

interface Common {
  statement: Statement
  text: TextVersion
  /** of the words, where the interface is not in the language of the text */
  fallback: string
}

/** A frozen list, and where it is kept for good. */
export interface FrozenAs {
  number: number
  /** names that were taken out since it was made */
  removed: number
  url: string
}

export interface NamesWanted extends Common {
  kind: 'letter' | 'list'
  counts: Counts
  /** in the order of the list */
  rows: readonly Row[]
  grouping: Grouping
  /** in words, by what the list was filtered; [] when it is whole */
  filteredBy: string[]
  /** null: the list as it is now */
  edition: FrozenAs | null
}

export interface SummaryWanted extends Common {
  kind: 'summary'
  byCountry: ByCountry
}

export function makePdf(ctx: Context, wanted: NamesWanted | SummaryWanted): Promise<Typeset> {
  const speech = speechFor(wanted.text, wanted.fallback)
  const counts = wanted.kind === 'summary' ? wanted.byCountry.counts : wanted.counts
  const edition = wanted.kind === 'summary' ? null : wanted.edition
  const prefix = prefixFor(ctx, speech.language)
  const url =
    edition?.url ?? pathsUnder(ctx.config.baseUrl, prefix).statement(wanted.statement.slug)
  const frame = {
    ...frameOf(wanted.statement, counts, speech, { name: ctx.config.siteName, url }),
    ...countWords(counts, speech, edition?.number ?? null),
  }
  const inside =
    wanted.kind === 'summary' ? summaryOf(wanted, speech) : namesOf(wanted, counts, speech)
  const letter = wanted.kind === 'letter' ? letterOf(wanted.statement, speech) : {}
  return ctx.typesetter.typeset(`${wanted.kind}.typ`, { ...frame, ...inside, ...letter })
}

function namesOf(wanted: NamesWanted, counts: Counts, speech: Speech) {
  const { statement, rows, grouping, filteredBy, edition } = wanted
  const { language, t } = speech
  const isDetailed = wanted.kind === 'list'
  const isWhole = filteredBy.length === 0
  return {
    signatoriesHeading: t('list.heading'),
    many: rows.length,
    groups: groupsOf(rows, { language, t, grouping, isDetailed }),
    filteredBy: isWhole ? [] : [...filteredBy, t('list.found', { n: rows.length })],
    nobody: t(isWhole ? 'list.none-yet' : 'list.empty'),
    withheld: isWhole && counts.withheld > 0 ? t('list.withheld', { n: counts.withheld }) : null,
    notes: [
      ...(edition && edition.removed > 0 ? [t('edition.removed', { n: edition.removed })] : []),
      ...notesOf(statement, rows, speech),
    ],
  }
}

function letterOf({ convenors, addressees, dated }: Statement, { text, t, format }: Speech) {
  return {
    convenors: convenors.map((convenor) => convenorOf(convenor, t)),
    toLabel: t('statement.to'),
    addressees: addressees.map((addressee) => addresseeOf(addressee, format)),
    date: dated === null ? null : format.preciseDate(dated),
    body: proseOf(text.body),
  }
}
