// Home, archive and statement. The statement comes from the fixtures.

import { readStatementFolder } from '../../../src/statements/statement-file.ts'
import type { LanguageVersion, StatementFile } from '../../../src/statements/statement.ts'
import { renderText, textHash } from '../../../src/statements/statement-text.ts'
import { fixture } from '../fixtures.ts'
import {
  closesAt,
  counts,
  nobody,
  NOW,
  paging,
  sampleRows,
  SLUG,
  type SamplePages,
  type Shared,
} from './cast.ts'

export interface SampleStatement {
  statement: StatementFile
  version: LanguageVersion
}

/** The sample statement in this language, or in its first one. */
export async function readSample(language: string): Promise<SampleStatement> {
  const read = await readStatementFolder(fixture(`statements/${SLUG}`))
  if (!read.ok) throw new Error(read.faults.map((fault) => fault.message).join('\n'))
  const { versions } = read.statement
  const version = versions.find((each) => each.language === language) ?? versions[0]
  if (version === undefined) throw new Error('The sample statement has no text')
  return { statement: read.statement, version }
}

function cardModel({ title }: Shared, { statement, version }: SampleStatement) {
  return {
    slug: SLUG,
    title,
    summary: { ...title, text: version.summary },
    kind: statement.kind,
    status: 'open',
    closesAt,
    dated: '2026-11',
    counts,
    authoritativeLanguage: 'en',
    convenors: statement.convenors.map(({ name }) => name),
  }
}

function versionModels({ format, paths }: Shared, { statement, version }: SampleStatement) {
  return statement.versions.map((each) => ({
    language: each.language,
    name: format.language(each.language),
    href: paths.statement(SLUG),
    current: each === version,
    authoritative: each.language === statement.authoritative,
  }))
}

function statementModel(shared: Shared, sample: SampleStatement) {
  const { statement, version } = sample
  const { title, paths, format } = shared
  const isAuthoritative = version.language === statement.authoritative
  const { convenors, addressees, dated, opensAt, originallyPublished, kind } = statement
  return {
    slug: SLUG,
    kind,
    convenors,
    addressees,
    dated,
    opensAt,
    originallyPublished,
    status: 'open',
    title,
    summary: { ...title, text: version.summary },
    textHtml: renderText(version.body),
    textLang: version.language,
    textDir: title.dir,
    isFallback: false,
    isBehind: false,
    authoritativeLanguage: statement.authoritative,
    versions: versionModels(shared, sample),
    textVersion: { number: 1, hash: textHash(version), isAuthoritative, changesHref: null },
    topics: statement.topics.map((topic) => ({ topic, href: paths.statements({ topic }) })),
    closesAt,
    signers: 'both',
    letterHref: `/statements/${SLUG}/letter.pdf`,
    counts,
    textCounts: { texts: null, earlier: 1234 },
    first: sampleRows(format),
    updates: [{ id: 'u1', title, textHtml: '<p>…</p>', at: NOW, day: format.day(NOW) }],
    timeline: [],
    maySign: true,
    namesHidden: null,
    liveVersion: 'Zt3kQ9wXb2Lm8RfA',
    isDiscreet: false,
  }
}

function deliveredModel(shared: Shared, sample: SampleStatement) {
  return {
    ...statementModel(shared, sample),
    summary: { ...shared.title, text: '' },
    status: 'delivered',
    namesHidden: { whose: 'everyone', at: NOW },
    maySign: false,
    timeline: [timelineEntry(shared)],
    updates: [],
    isFallback: true,
    isBehind: true,
    letterHref: null,
    counts: nobody,
    textCounts: null,
    first: [],
    versions: [],
    isDiscreet: true,
  }
}

function timelineEntry({ title, format, paths }: Shared) {
  const said = (text: string) => ({ ...title, text })
  return {
    id: 'd1',
    kind: 'delivered',
    on: '2026-12',
    day: format.preciseDate('2026-12'),
    who: said('Ministry of Health'),
    how: said(''),
    note: said('Six of us went.'),
    link: 'https://sign.example/photo',
    files: [
      { id: 'f1', href: paths.deliveryFile(SLUG, 'f1'), name: 'Answer.pdf', kilobytes: 1200 },
    ],
  }
}

export function statementSamples(shared: Shared, sample: SampleStatement): SamplePages {
  const { t, title } = shared
  const card = cardModel(shared, sample)
  const delivered = { ...card, status: 'delivered', kind: 'declaration', closesAt: null }
  const hint = t('home.operator-hint', { command: 'npm run undersigned -- statement import …' })
  const filters = { status: 'open', topic: '', year: '', q: 'نالوكسون' }
  const choices = { statuses: ['open', 'delivered'], topics: ['overdose'], years: ['2026'] }
  const home = t('home.heading')
  return {
    'statements/home': {
      title: home,
      view: { open: [card, card], delivered: [delivered], hint: null },
    },
    'statements/home#empty': { title: home, view: { open: [], delivered: [], hint } },
    'statements/archive': {
      title: t('archive.heading'),
      view: { cards: [card, delivered], filters, choices, paging },
    },
    'statements/archive#empty': {
      title: t('archive.heading'),
      view: { cards: [], filters, choices, paging: { ...paging, pages: 1, total: 0 } },
    },
    'statements/statement': {
      title: title.text,
      view: statementModel(shared, sample),
      isLive: true,
    },
    'statements/statement#delivered': { title: title.text, view: deliveredModel(shared, sample) },
  }
}
