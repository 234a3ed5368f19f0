// The letter with the names of an edition, as PDF: made when somebody asks, so it is not signed.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { speaking } from '../http/respond.ts'
import { makePdf } from '../letters/make-pdf.ts'
import { mostNames } from '../letters/read-names.ts'
import { headOf, sendMade } from '../http/send-pdf.ts'
import { speechFor } from '../letters/words.ts'
import { type Row, rowOf } from '../signatories/rows.ts'
import { findTextByHash } from '../statements/find-statement.ts'
import { type TextVersion, versionFor } from '../statements/stored-statement.ts'
import { editionDocument } from './edition-document.ts'
import { fileNameOf } from './edition.ts'
import { type Asked, sayWhich } from './find-edition-pages.ts'

export async function sendLetter(
  ctx: Context,
  req: Request,
  res: Response,
  asked: Asked,
): Promise<void> {
  const { statement, edition } = asked
  const { language } = speaking(ctx, res)
  const name = fileNameOf(statement.slug, edition.number, language, 'pdf')
  sayWhich(ctx, res, asked)
  if (req.method === 'HEAD') return void headOf(res, name).end()
  const text = await textOf(ctx, asked, language)
  const read = await readEdition(ctx, asked, language, text)
  const of = { ...statement, mostNames }
  if (read === 'too-many') return sendMade(ctx, req, res, of, name, { is: 'too-long' })
  const made = await makePdf(ctx, {
    kind: 'letter',
    statement: { ...statement, dated: edition.heads[language]?.dated ?? null },
    text,
    fallback: language,
    ...read,
    counts: edition.counts,
    grouping: 'alphabet',
    filteredBy: [],
  })
  sendMade(ctx, req, res, of, name, made)
}

/** As it was then; words that nobody had endorsed may have been replaced since. */
async function textOf(
  { db }: Context,
  { statement, edition }: Asked,
  language: string,
): Promise<TextVersion> {
  const head = edition.heads[language]
  const found =
    head &&
    (await findTextByHash(db, {
      statementId: statement.id,
      language: head.language,
      hash: head.sha256,
    }))
  return found ?? versionFor(statement, language)
}

async function readEdition(ctx: Context, asked: Asked, language: string, text: TextVersion) {
  const document = await editionDocument(ctx, asked.edition, language)
  const { format } = speechFor(text, language)
  const rows: Row[] = []
  for await (const part of document.rows) {
    rows.push(...part.map((row) => rowOf(row, format)))
    if (rows.length > mostNames) return 'too-many'
  }
  const { number } = asked.edition
  return { rows, edition: { number, removed: document.edition?.removed ?? 0, url: document.url } }
}
