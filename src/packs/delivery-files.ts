// What is handed over to addressees: the letter in every language, the list, the numbers, and what goes
// on top. All of it is of one edition.
import type { Context } from '../context.ts'
import { fileNameOf } from '../editions/edition.ts'
import { readFile } from '../editions/make-files.ts'
import { entriesIn } from '../editions/read-edition.ts'
import { letterDocx } from '../letters/make-docx.ts'
import { makePdf } from '../letters/make-pdf.ts'
import { mostNames } from '../letters/read-names.ts'
import { speechFor } from '../letters/words.ts'
import { type Row, rowOf } from '../signatories/rows.ts'
import type { TextVersion } from '../statements/stored-statement.ts'
import { countsFiles } from './counts-files.ts'
import { coverLetters } from './cover-letter.ts'
import { editionUrl, type PackFile, type Packing } from './pack.ts'

/** `tell` hears of each step. */
export type Tell = (step: string) => void

export interface Contents {
  files: PackFile[]
  /** for README.txt, a paragraph each */
  notes: string[]
}

/** @returns 'busy' when too many PDF files are being made for others */
export async function deliveryFiles(
  ctx: Context,
  packing: Packing,
  tell: Tell,
): Promise<Contents | 'busy'> {
  const { t, format } = packing
  const { versions } = packing.statement
  const pdfs = await makePdfs(ctx, packing, tell)
  if (pdfs === 'busy') return 'busy'
  const letters = versions.flatMap((text) => {
    const pdf = pdfs.made.get(text.language)
    return [...(pdf ? [pdf] : []), docxOf(ctx, packing, text)]
  })
  const missing = versions.filter(({ language }) => !pdfs.made.has(language))
  const languages = missing.map(({ language }) => format.language(language)).join(', ')
  const notes = missing.length === 0 ? [] : [t(`pack.no-pdf.${pdfs.why}`, { languages })]
  const files = [
    ...coverLetters(packing),
    ...letters,
    ...listFiles(ctx, packing),
    ...countsFiles(packing),
  ]
  return { files, notes }
}

interface Pdfs {
  /** by language */
  made: Map<string, PackFile>
  /** why others are missing */
  why: 'none' | 'too-long'
}

const atOnce = 2

async function makePdfs(ctx: Context, packing: Packing, tell: Tell): Promise<Pdfs | 'busy'> {
  const { statement, edition } = packing
  const pdfs: Pdfs = { made: new Map(), why: 'too-long' }
  if (edition.counts.total - edition.counts.withheld > mostNames) return pdfs
  for (let at = 0; at < statement.versions.length; at += atOnce) {
    const some = statement.versions.slice(at, at + atOnce)
    const made = await Promise.all(some.map((text) => pdfOf(ctx, packing, text, tell)))
    if (made.some(({ is }) => is === 'busy')) return 'busy'
    for (const [index, { language }] of some.entries()) {
      const pdf = made[index]
      if (pdf?.is === 'made')
        pdfs.made.set(language, letterFile(packing, language, 'pdf', pdf.bytes))
      if (pdf?.is === 'none') pdfs.why = 'none'
    }
  }
  return pdfs
}

async function pdfOf(ctx: Context, packing: Packing, text: TextVersion, tell: Tell) {
  const { statement, edition } = packing
  const { counts } = edition
  const fallback = packing.language
  const { format } = speechFor(text, fallback)
  const rows: Row[] = []
  for await (const part of entriesIn(ctx.db, edition, text.language)) {
    rows.push(...part.map((entry) => rowOf(entry, format)))
  }
  const made = await makePdf(ctx, {
    kind: 'letter',
    statement,
    text,
    fallback,
    counts,
    rows,
    grouping: 'alphabet',
    filteredBy: [],
    edition: frozenAs(ctx, packing, text),
  })
  tell(`PDF: ${format.language(text.language)}`)
  return made
}

function docxOf(ctx: Context, packing: Packing, text: TextVersion): PackFile {
  const { statement, edition, language: fallback } = packing
  const { counts } = edition
  const rows = entriesIn(ctx.db, edition, text.language)
  const frozen = frozenAs(ctx, packing, text)
  const content = letterDocx({ statement, text, fallback, counts, rows, edition: frozen })
  return letterFile(packing, text.language, 'docx', content)
}

/** Nothing was taken out of the edition of now. */
function frozenAs({ config }: Context, { statement, edition }: Packing, { language }: TextVersion) {
  const url = editionUrl(config, statement.slug, edition, language)
  return { number: edition.number, removed: 0, url }
}

function letterFile(
  { name, t, format }: Packing,
  language: string,
  ending: 'pdf' | 'docx',
  content: Buffer | PackFile['content'],
): PackFile {
  return {
    path: `letter/letter-${name}.${language}.${ending}`,
    about: t(`pack.file.letter-${ending}`, { language: format.language(language) }),
    content: Buffer.isBuffer(content) ? whole(content) : content,
  }
}

async function* whole(bytes: Buffer) {
  yield bytes
}

/** The edition's own files, byte for byte, so that they can be checked at the site. */
function listFiles({ db }: Context, { statement, edition, language, t }: Packing): PackFile[] {
  return (['csv', 'xlsx'] as const).map((format) => ({
    path: `list/${fileNameOf(statement.slug, edition.number, language, format)}`,
    about: t(`pack.file.${format}`),
    content: readFile(db, { edition_id: edition.id, language, format }),
  }))
}
