// Errors, the mailbox and the privacy notice.

import { noticeSections } from '../../../src/privacy/notice.ts'
import { NOW, paging, token, type SamplePages, type Shared } from './cast.ts'

export function plainSamples({ t, paths }: Shared): SamplePages {
  const link = `https://sign.example${paths.confirm(token)}`
  const text = `${t('mail.greeting')}\n\n${t('mail.confirm.action')}\n\n${link}\n`
  const mail = {
    id: '1',
    to: 'office@hhra.example',
    subject: t('mail.yours.subject', { site: 'Meridian Sign-on' }),
    at: NOW,
    text,
    html: '<p>…</p>',
    links: [link],
  }
  return {
    'outcomes/error': {
      title: t('error.404.heading'),
      view: {
        status: 404,
        heading: t('error.404.heading'),
        explanation: t('error.404.explanation'),
        nextStep: { label: t('error.home'), href: paths.home() },
        reference: 'K7Q-2MD',
      },
    },
    'outcomes/come-back': {
      title: t('error.503.heading'),
      view: { isForm: true, typed: [{ name: 'name', value: 'Ana "Ñandú"' }] },
    },
    'mailbox/mailbox': {
      title: t('mailbox.heading'),
      view: {
        mails: [mail, { ...mail, id: '2' }],
        paging,
      },
    },
    'privacy/notice': {
      title: t('privacy.heading'),
      view: { sections: noticeSections },
    },
  }
}
