// Use cases: what somebody says to the press, published with their consent. When they take it back the
// row goes, and the page with it at once; the audit log keeps that there was one.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { deleteQuote, insertQuote, listQuotes } from './quote-store.ts'

export interface Quote {
  id: string
  /** BCP 47; what the words are in */
  language: string
  words: string
  name: string
  /** '' when none was given */
  role: string
}

/** A page for the press is read in a minute. */
export const mostQuotes = 12

export async function addQuote(
  ctx: Pick<Context, 'db' | 'vault' | 'clock' | 'random'>,
  { id: statementId, slug }: Statement,
  { evidence, ...said }: Omit<Quote, 'id'> & { evidence: string },
  actor: string,
): Promise<'added' | 'too-many'> {
  const quote = { id: ctx.random.id(), ...said }
  return ctx.db.transaction().execute(async (tx) => {
    if ((await listQuotes(tx, statementId)).length >= mostQuotes) return 'too-many'
    const addedAt = ctx.clock.now().toISOString()
    await insertQuote(tx, ctx.vault, statementId, quote, { evidence, addedAt })
    const detail = { quote: quote.id, language: quote.language }
    await record(tx, ctx, { actor, action: 'quote added', subject: slug, detail })
    return 'added'
  })
}

export async function takeQuoteDown(
  ctx: Pick<Context, 'db' | 'clock'>,
  { id: statementId, slug }: Statement,
  quoteId: string,
  actor: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteQuote(tx, statementId, quoteId))) return
    const detail = { quote: quoteId }
    await record(tx, ctx, { actor, action: 'quote taken down', subject: slug, detail })
  })
}

/** What may be shown: nothing while names are taken out of view. */
export async function quotesOf(
  { db }: Pick<Context, 'db'>,
  { id, namesHidden }: Statement,
  language: string,
): Promise<Quote[]> {
  if (namesHidden !== null) return []
  const quotes = await listQuotes(db, id)
  const isOwn = (quote: Quote) => quote.language === language
  return [...quotes.filter(isOwn), ...quotes.filter((quote) => !isOwn(quote))]
}
