// The privacy notice says what the code does, in every language.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { confirmHours, manageDays } from '../../src/confirmations/links.ts'
import { suppressedDays } from '../../src/endorsements/confirm.ts'
import { pendingDays } from '../../src/endorsements/expire.ts'
import {
  daysAfterDelivery,
  daysAfterWithdrawing,
  monthsAfterClosing,
} from '../../src/endorsements/forget-contacts.ts'
import { hours } from '../../src/imports/drafts.ts'
import { keptDays, mostReminders } from '../../src/invitations/invitation.ts'
import { languages, readCatalogue, translator } from '../../src/languages/languages.ts'
import { fewestTold } from '../../src/signatories/breakdown.ts'
import { withdrawnWithinSeconds } from '../../src/signatories/live-counts.ts'
import { graceHours } from '../../src/statements/stored-statement.ts'
import { openSite } from '../support/site.ts'

/** The numbers that act, by the message that tells them. */
const promised = {
  'kept.pending': [pendingDays],
  'kept.grace': [graceHours],
  'kept.contact': [daysAfterDelivery, monthsAfterClosing],
  'kept.withdrawn': [daysAfterWithdrawing],
  'stored.sheets': [hours],
  'kept.words': [monthsAfterClosing],
  'kept.not-me': [suppressedDays],
  'seen.countries': [fewestTold],
  'confidential.closing': [graceHours],
  'mail.confirm': [confirmHours],
  'kept.invitations': [keptDays],
  'mail.invitations': [mostReminders],
  'rights.link': [manageDays, withdrawnWithinSeconds],
}

test('the numbers are those that product.md promises', () => {
  assert.deepEqual(promised['kept.pending'], [14])
  assert.deepEqual(promised['kept.contact'], [30, 6])
  assert.deepEqual(promised['rights.link'], [365, 60])
  assert.deepEqual(promised['mail.confirm'], [72])
  assert.deepEqual(promised['kept.grace'], [24])
})

describe('the privacy notice', async () => {
  const site = await openSite()

  for (const { code } of languages) {
    test(`(${code}) tells the numbers that the program acts on`, async () => {
      const page = await site.visitor().open(code === 'en' ? '/privacy' : `/${code}/privacy`)
      const t = translator(code)
      assert.equal(page.text('h1'), t('privacy.heading'))
      const points = page.$('main li').toArray()
      const texts = points.map((point) => page.$(point).text().trim())
      for (const [name, numbers] of Object.entries(promised)) {
        const told = texts.filter((text) => numbersIn(text).join() === numbers.join())
        assert.ok(told.length > 0, `${name}: ${numbers.join(' and ')}`)
      }
      assert.ok(texts.includes(t('privacy.confidential.provider')))
    })

    test(`(${code}) has no number of its own in its words`, () => {
      const messages = Object.entries(readCatalogue(code))
      for (const [key, message] of messages.filter(([name]) => name.startsWith('privacy.'))) {
        assert.doesNotMatch(message, /\d/, key)
      }
    })
  }
})

function numbersIn(text: string): number[] {
  return [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits))
}
