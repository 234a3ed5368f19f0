// Every mail.

import type { Lang } from '../../../src/http/page.ts'
import { closesAt, SLUG, token } from './cast.ts'

export function mailSamples(title: Lang): Record<string, object> {
  const site = 'https://sign.example'
  const shared = {
    title,
    entryName: 'GNP+ & <friends>',
    statementUrl: `${site}/statements/${SLUG}`,
    isDiscreet: false,
  }
  const confirm = { ...shared, type: 'organisation', confirmUrl: `${site}/confirm/${token}` }
  const privateUrl = `${site}/endorsement/${token}`
  const items = [{ title, entryName: 'GNP+', state: 'confirmed', url: privateUrl }]
  return {
    confirm: { ...confirm, expiresHours: 72, closesAt },
    reminder: { ...confirm, expiresHours: 72, closesAt, isDiscreet: true },
    'already-endorsed': { ...shared, privateUrl },
    confirmed: { ...shared, privateUrl, number: 4017 },
    invitation: {
      ...shared,
      name: 'GNP+ & <friends>',
      convenors: ['Meridian Network'],
      isReminder: false,
      invitationUrl: `${site}/statements/${SLUG}/invitation/${token}`,
      unsubscribeUrl: `${site}/invitations/stop/${token}`,
      closesAt,
    },
    withdrawn: shared,
    update: {
      title,
      text: 'We met the minister.',
      textHtml: '<p>We met the minister.</p>',
      statementTitle: title,
      updatesUrl: `${site}/statements/${SLUG}/updates`,
      unsubscribeUrl: `${site}/unsubscribe/${token}`,
      isDiscreet: false,
    },
    approved: { ...shared, privateUrl },
    reconfirm: {
      ...shared,
      reasons: ['We ask for <money>, too'],
      reconfirmUrl: `${site}/reconfirm/${token}`,
    },
    rejected: { ...shared, privateUrl, reason: 'not-authorised' },
    'your-endorsements': { items: [...items, ...items] },
  }
}
