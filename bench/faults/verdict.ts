// What is true in the end, against what people were told.
import { verifyLog } from '../../src/audit/audit.ts'
import { readConfig } from '../../src/config.ts'
import { type Context, openContext } from '../../src/context.ts'
import { isCounted } from '../../src/endorsements/endorsement.ts'
import type { Mail } from '../../test/support/mail.ts'
import { type OpenedRow, openedRows } from '../../test/support/rows.ts'
import { type Store, slug } from '../prepare.ts'
import type { Told } from './crowd.ts'

/** Each thing that is wrong, in a few words; what is right is printed. */
export async function verdict(
  store: Store,
  told: Told,
  mails: Mail[],
  origins: string[],
): Promise<string[]> {
  const env = {
    DATABASE_URL: store.url,
    SECRET_KEY: store.secretKey,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
  }
  const ctx = await openContext(readConfig(env))
  try {
    const rows = await openedRows(ctx)
    return [
      ...told.wrong,
      ...lost(told, rows),
      ...mailsSent(told, mails),
      ...(await counted(ctx, rows, origins)),
      ...((await verifyLog(ctx.db)).ok ? [] : ['the audit log is broken']),
    ]
  } finally {
    await ctx.close()
  }
}

function lost(told: Told, rows: OpenedRow[]): string[] {
  const stateOf = new Map(rows.map(({ address, state }) => [address, state]))
  const isPending = (mailbox: string) => (stateOf.get(mailbox) ?? 'pending') === 'pending'
  const missing = [...told.signed].filter((mailbox) => !stateOf.has(mailbox))
  const pending = [...told.confirmed].filter(isPending)
  const back = [...told.withdrawn].filter((mailbox) => stateOf.get(mailbox) !== 'withdrawn')
  console.log(
    `${told.signed.size} signed, ${told.confirmed.size} confirmed, ${told.withdrawn.size} withdrew; ` +
      `${told.unanswered} requests had no answer and were sent again`,
  )
  console.log(
    `Lost: ${missing.length} sign-ons, ${pending.length} confirmations, ${back.length} withdrawals`,
  )
  return [
    ...missing.map((mailbox) => `${mailbox} signed and is not there`),
    ...pending.map((mailbox) => `${mailbox} confirmed and is not confirmed`),
    ...back.map((mailbox) => `${mailbox} withdrew and is still there`),
  ]
}

/** A mail keeps its Message-ID when it is sent again. */
function mailsSent(told: Told, mails: Mail[]): string[] {
  const times = [...Map.groupBy(mails, (mail) => mail.headers.get('message-id')).values()]
  const often = times.filter(({ length }) => length > 2)
  const reached = new Set(mails.flatMap(({ recipients }) => recipients))
  const without = [...told.signed].filter((mailbox) => !reached.has(mailbox))
  const twice = times.filter(({ length }) => length === 2)
  console.log(
    `${times.length} mails, ${twice.length} of them sent twice, ${often.length} more often`,
  )
  return [
    ...often.map(({ length }) => `a mail was sent ${length} times`),
    ...without.map((mailbox) => `${mailbox} signed and got no mail`),
  ]
}

async function ask(origin: string, path: string): Promise<string> {
  return (await fetch(`${origin}/statements/${slug}${path}`)).text()
}

/** Every machine says what a recount says. */
async function counted(ctx: Context, rows: OpenedRow[], origins: string[]): Promise<string[]> {
  const all = rows.filter(isCounted)
  const total = all.length
  const told = await Promise.all(origins.map((origin) => ask(origin, '/count.json')))
  const totals = told.map((text) => (JSON.parse(text) as { total: number }).total)
  const pages = new Set(await Promise.all(origins.map((origin) => ask(origin, '/signatories'))))
  const numbers = all.map((row) => row.number).filter((number) => number !== null)
  const named = await ctx.db.selectFrom('signatories').select('endorsement_id').execute()
  const listed = all.filter(({ visibility }) => visibility === 'listed')
  console.log(`${totals.join(', ')} are counted on the machines, ${total} in a recount`)
  return [
    ...totals
      .filter((each) => each !== total)
      .map((each) => `${each} instead of ${total} are counted`),
    ...(pages.size === 1 ? [] : ['the machines show different lists']),
    ...(new Set(numbers).size === numbers.length ? [] : ['two entries have the same number']),
    ...(named.length === listed.length
      ? []
      : [`${named.length} instead of ${listed.length} are listed`]),
  ]
}
