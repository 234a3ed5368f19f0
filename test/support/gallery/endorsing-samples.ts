// The way from the form to the inbox.

import type { Faults } from '../../../src/http/page.ts'
import { closesAt, row, SLUG, type SamplePages, type Shared } from './cast.ts'
import { empty, filled, formModel } from './form-samples.ts'

export function endorsingSamples(shared: Shared): SamplePages {
  const { t, format, paths, title } = shared
  const faults: Faults = [
    { field: 'name', message: t('fault.name.required.organisation') },
    { field: 'country', message: t('fault.country.required') },
    { field: 'email', message: t('fault.email.invalid') },
    { field: 'consent', message: t('fault.consent.required') },
  ]
  return {
    'endorsements/choose': { title: t('endorse.choose'), view: { slug: SLUG, title, closesAt } },
    'endorsements/form': {
      title: t('endorse.organisation'),
      view: formModel(shared, 'organisation', empty, []),
    },
    'endorsements/form#faults': {
      title: t('endorse.organisation'),
      view: formModel(shared, 'organisation', { ...filled, name: '', email: 'a@' }, faults),
    },
    'endorsements/form#individual': {
      title: t('endorse.individual'),
      view: formModel(shared, 'individual', empty, []),
    },
    'endorsements/check-answers': {
      title: t('check.heading'),
      view: {
        slug: SLUG,
        title,
        type: 'organisation',
        values: filled,
        entry: row(215, filled.name, 'AT', format, { acronym: filled.acronym }),
        countryName: format.country('AT'),
        visibility: 'listed',
        emailSuggestion: 'office@hhra.example',
        changesHref: paths.changes(SLUG),
        action: paths.endorse(SLUG, undefined, 2),
        fields: Object.entries(filled).map(([name, value]) => ({ name, value })),
        proof: null,
      },
    },
    'endorsements/check-your-inbox': {
      title: t('inbox.heading'),
      view: { slug: SLUG, title, resendAction: paths.checkYourInbox(SLUG), linkHours: 72 },
    },
    'endorsements/closed': {
      title: t('closed.heading'),
      view: { slug: SLUG, title, status: 'closed', closesAt },
    },
    'endorsements/find': {
      title: t('find.heading'),
      view: { values: { email: '' }, faults: [], action: paths.findMyEndorsement() },
    },
    'endorsements/unsubscribe': {
      title: t('unsubscribe.heading'),
      view: { ...unsubscribeModel(shared), isSubscribed: true },
    },
    'endorsements/unsubscribe#done': {
      title: t('unsubscribe.done'),
      view: { ...unsubscribeModel(shared), isSubscribed: false },
    },
    'endorsements/unsubscribe-unknown': {
      title: t('unsubscribe.unknown'),
      view: { findHref: paths.findMyEndorsement() },
    },
    'endorsements/find-sent': { title: t('find.sent.heading'), view: {} },
  }
}

function unsubscribeModel({ title, paths }: Shared) {
  return {
    title,
    statementHref: paths.statement(SLUG),
    action: paths.unsubscribe('sample'),
    findHref: paths.findMyEndorsement(),
  }
}
