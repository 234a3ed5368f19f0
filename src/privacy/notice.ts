// The privacy notice: its points in their order, every number from the constant that acts on it.
import { confirmHours, manageDays } from '../confirmations/links.ts'
import { suppressedDays } from '../endorsements/confirm.ts'
import { pendingDays } from '../endorsements/expire.ts'
import {
  daysAfterDelivery,
  daysAfterWithdrawing,
  monthsAfterClosing,
} from '../endorsements/forget-contacts.ts'
import { hours as sheetHours } from '../imports/drafts.ts'
import { keptDays as invitationDays, mostReminders } from '../invitations/invitation.ts'
import type { MessageArguments } from '../languages/languages.ts'
import { keptDays as countedDays } from '../mail/allowances.ts'
import { failedMailDays } from '../mail/forget.ts'
import { keptDays as sentDays } from '../mail/sent-mails.ts'
import { settledDays, unsettledDays } from '../reports/report.ts'
import { fewestTold } from '../signatories/breakdown.ts'
import { withdrawnWithinSeconds } from '../signatories/live-counts.ts'
import { graceHours } from '../statements/stored-statement.ts'

interface Point {
  name: string
  args: MessageArguments
}

export interface Section {
  name: string
  points: Point[]
}

const point = (name: string, args: MessageArguments = {}): Point => ({ name, args })

/** Each point is the message `privacy.SECTION.POINT`. */
export const noticeSections: readonly Section[] = [
  {
    name: 'stored',
    points: [
      point('entry'),
      point('address'),
      point('hash'),
      point('evidence'),
      point('invited'),
      point('directory'),
      point('desk'),
      point('sheets', { hours: sheetHours }),
      point('reports'),
    ],
  },
  { name: 'not', points: [point('network'), point('cookies')] },
  {
    name: 'seen',
    points: [
      point('listed'),
      point('withheld'),
      point('countries', { fewest: fewestTold }),
      point('direction'),
    ],
  },
  {
    name: 'confidential',
    points: [
      point('destroyed'),
      point('left'),
      point('closing', { hours: graceHours }),
      point('link'),
      point('provider'),
    ],
  },
  {
    name: 'mail',
    points: [
      point('confirm', { hours: confirmHours }),
      point('updates'),
      point('invitations', { most: mostReminders }),
    ],
  },
  {
    name: 'kept',
    points: [
      point('pending', { days: pendingDays }),
      point('grace', { hours: graceHours }),
      point('contact', { days: daysAfterDelivery, months: monthsAfterClosing }),
      point('withdrawn', { days: daysAfterWithdrawing }),
      point('evidence'),
      point('words', { months: monthsAfterClosing }),
      point('reports', {
        days: settledDays,
        undecided: unsettledDays,
        months: monthsAfterClosing,
      }),
      point('not-me', { days: suppressedDays }),
      point('invitations', { days: invitationDays }),
      point('refusals'),
      point('mails', { days: Math.max(countedDays, sentDays), failed: failedMailDays }),
    ],
  },
  {
    name: 'rights',
    points: [point('link', { days: manageDays, seconds: withdrawnWithinSeconds }), point('lost')],
  },
]
