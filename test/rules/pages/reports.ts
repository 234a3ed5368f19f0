// Reports of entries: one that waits, one that was answered, one whose entry is gone.
import { reportEntry } from '../../../src/reports/report-entry.ts'
import { settleReports } from '../../../src/reports/settle.ts'
import { signUpAndConfirm } from '../../support/crowd.ts'
import { somebody } from '../../support/people.ts'
import { post } from '../../support/signing.ts'
import type { TestSite } from '../../support/site.ts'
import { statementOf } from '../../updates/campaign.ts'

/** Paths of the pages behind the links. */
export type Reported = Record<'waiting' | 'kept' | 'removed', string>

export async function reportSome(site: TestSite, slug: string): Promise<Reported> {
  const { ctx } = site
  const statement = await statementOf(site, slug)
  const words = 'Nobody of them signed.\nلم يوقّع أحد.'
  const report = async (number: number) => {
    const typed = { reason: 'other', words, isTrapped: false } as const
    return `/reports/${await reportEntry(ctx, statement, number, typed)}`
  }
  const [waiting, kept] = [await report(1), await report(2)]
  const row = ctx.db.selectFrom('signatories').select('endorsement_id as id')
  const entry = await row.where('number', '=', 2).executeTakeFirstOrThrow()
  await settleReports(ctx.db, ctx, entry, {
    reviewId: 'review',
    answer: 'They did sign.',
    seen: null,
  })
  const gone = await signUpAndConfirm(site, slug, somebody({ name: 'Soon Gone' }))
  const last = await row.where('name', '=', 'Soon Gone').select('number').executeTakeFirstOrThrow()
  const removed = await report(last.number)
  await post(site, `/endorsement/${gone}`, { decision: 'withdraw' })
  return { waiting, kept, removed }
}
