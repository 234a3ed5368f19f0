// The pages behind the links of our mails.

import { closesAt, row, SLUG, token, type SamplePages, type Shared } from './cast.ts'
import { filled, formModel } from './form-samples.ts'

const outcomes = [
  'already-confirmed',
  'expired',
  'superseded',
  'unknown',
  'not-me',
  'too-late',
  'resent',
] as const

function shownModel({ title, paths, format }: Shared) {
  return {
    title,
    statementHref: paths.statement(SLUG),
    type: 'organisation',
    entry: row(215, filled.name, 'AT', format, { acronym: filled.acronym }),
    countryName: format.country('AT'),
    isLate: false,
    visibility: 'listed',
  }
}

function outcomeSamples({ t, title, paths }: Shared): SamplePages {
  const samples = outcomes.map((outcome) => {
    const isKnown = outcome !== 'unknown'
    const view = {
      outcome,
      title: isKnown ? title : null,
      statementHref: isKnown ? paths.statement(SLUG) : null,
      action: outcome === 'expired' ? paths.confirm(token) : null,
    }
    const page = { title: t(`outcome.${outcome}.heading`), view, isPrivate: true }
    return [`confirmations/outcome#${outcome}`, page] as const
  })
  return Object.fromEntries(samples)
}

function mineModel(shared: Shared) {
  return {
    ...shownModel(shared),
    state: 'confirmed',
    number: 4017 as number | null,
    verification: 'domain',
    language: shared.language,
    confirmedOn: '2026-11-21',
    textVersion: 1,
    newText: null as object | null,
    updates: false,
    hasJustConfirmed: true,
    hasJustSaved: false,
    share: ['E-mail', 'Mastodon', 'WhatsApp'].map((label) => ({ label, href: 'mailto:' })),
    privateUrl: 'https://sign.example/endorsement/sample',
    shareUrl: 'https://sign.example/statements/naloxone-within-reach',
    action: shared.paths.endorsement(token),
    dataHref: shared.paths.ownData(token),
    isContactForgotten: false,
    isSigningOpen: true,
    form: {
      ...formModel(shared, 'organisation', filled, []),
      visibilityShown: 'visibility_shown',
      isCorrection: true,
    },
  }
}

function reconfirmSamples(shared: Shared): SamplePages {
  const { t, paths, title } = shared
  const { lang, dir } = title
  const pieces = [
    { kind: 'same', text: 'We ask for ' },
    { kind: 'gone', text: 'one <thing>' },
    { kind: 'new', text: 'two things' },
  ]
  const asked = {
    ...shownModel(shared),
    outcome: 'asked',
    heading: t('reconfirm.asked.heading'),
    state: 'confirmed',
    question: { pieces, lang, dir, reasons: ['We ask for <money>, too'], text: 'f3a1' } as object,
    hasChanged: false,
    textVersion: 2,
    wholeHref: paths.statement(SLUG),
    action: paths.reconfirm(token),
  }
  const page = (view: object) => ({ title: asked.heading, view, isPrivate: true })
  return {
    'endorsements/reconfirm': page(asked),
    'endorsements/reconfirm#changed': page({ ...asked, type: 'individual', hasChanged: true }),
    'endorsements/reconfirm#done': page({ ...asked, outcome: 'done', question: null }),
    'endorsements/reconfirm#left': page({ ...asked, outcome: 'left', state: 'withdrawn' }),
  }
}

export function linkSamples(shared: Shared): SamplePages {
  const { t, paths, title } = shared
  const thanks = mineModel(shared)
  const later = { ...thanks, hasJustConfirmed: false, number: null }
  const isPrivate = true
  const newText = { text: 'f3a1', href: paths.changes(SLUG) }
  const confirm = { ...shownModel(shared), action: paths.confirm(token), closesAt, shown: 'f3a1' }
  const left = { title, statementHref: paths.statement(SLUG) }
  const mine = (view: object) => ({ title: t('mine.heading'), view, isPrivate })
  return {
    'confirmations/confirm': { title: t('confirm.heading'), view: confirm, isPrivate },
    ...outcomeSamples(shared),
    ...reconfirmSamples(shared),
    'endorsements/private-page': mine(thanks),
    'endorsements/private-page#saved': mine({
      ...later,
      hasJustSaved: true,
      state: 'held',
      newText,
    }),
    'endorsements/private-page#withdrawn': mine({ ...later, state: 'withdrawn' }),
    'endorsements/withdrawn': {
      title: t('withdrawn.heading'),
      view: { ...left, erased: false },
      isPrivate,
    },
    'endorsements/withdrawn#erased': {
      title: t('withdrawn.erased.heading'),
      view: { ...left, erased: true },
      isPrivate,
    },
  }
}
