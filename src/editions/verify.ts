// Use case: what is this file that somebody has in hand? Only its hash is needed; nothing is kept.
import type { Context } from '../context.ts'
import { findStatement, findStatementById } from '../statements/find-statement.ts'
import { isEmbargoed } from '../statements/stored-statement.ts'
import { fileNameOf } from './edition.ts'
import { findEditionById, listEditions } from './edition-store.ts'
import { countRemoved } from './correction-store.ts'
import { type KnownFile, listByHash } from './file-store.ts'

/** The edition that a file is, or says that it is. */
interface Which {
  slug: string
  number: number
  /** the newest edition of the statement */
  newest: number
}

export type Verified =
  | ({ outcome: 'genuine'; file: string; removed: number; made_at: string } & Which)
  /** genuine as it was issued; names were taken out since */
  | ({ outcome: 'superseded'; file: string; replaced_at: string; made_at: string } & Which)
  /** it says that it is an edition of ours, and is another file */
  | ({ outcome: 'altered' } & Which)
  | { outcome: 'unknown' }

/** @param name what the file is called, or says that it is: see `claimIn` */
export async function verify(
  { db }: Pick<Context, 'db'>,
  sha256: string,
  name: string,
): Promise<Verified> {
  const known = claimed(await listByHash(db, sha256), name)
  const edition = known ? await findEditionById(db, known.edition_id) : null
  const statement = edition ? await findStatementById(db, edition.statementId) : null
  if (!known || !edition || !statement) return verifyClaim({ db }, name)
  const { number, madeAt: made_at, id } = edition
  const { slug } = statement
  const newest = (await listEditions(db, statement.id))[0]?.number ?? number
  const file = fileNameOf(slug, number, known.language, known.format)
  const about = { slug, number, newest, file, made_at }
  if (known.replaced_at !== null) {
    return { outcome: 'superseded', ...about, replaced_at: known.replaced_at }
  }
  const removed = (await countRemoved(db, [id])).get(id) ?? 0
  return { outcome: 'genuine', ...about, removed }
}

/** Of several editions with this very file the one that it says it is, else the newest. */
function claimed(files: KnownFile[], name: string): KnownFile | undefined {
  const [, , number] = namePattern.exec(name) ?? []
  const current = files.filter((file) => file.replaced_at === null)
  const possible = current.length > 0 ? current : files
  return possible.find((file) => file.number === Number(number)) ?? possible[0]
}

/** The same, for everyone: there is nothing to say yet of a statement under embargo. */
export async function verifyInPublic(
  ctx: Pick<Context, 'db' | 'clock'>,
  sha256: string,
  name: string,
): Promise<Verified> {
  const verified = await verify(ctx, sha256, name)
  const statement =
    verified.outcome === 'unknown' ? null : await findStatement(ctx.db, verified.slug)
  const isSilent = statement !== null && isEmbargoed(statement, ctx.clock.now())
  return isSilent ? { outcome: 'unknown' } : verified
}

const namePattern = /^(?:EMBARGOED-)?([a-z0-9]+(?:-[a-z0-9]+)*)-edition-([1-9]\d{0,6})\b/

async function verifyClaim({ db }: Pick<Context, 'db'>, name: string): Promise<Verified> {
  const [, slug = '', number = ''] = namePattern.exec(name) ?? []
  const statement = slug === '' ? null : await findStatement(db, slug)
  const editions = statement ? await listEditions(db, statement.id) : []
  if (!editions.some((edition) => edition.number === Number(number))) return { outcome: 'unknown' }
  const newest = editions[0]?.number ?? 1
  return { outcome: 'altered', slug, number: Number(number), newest }
}

/**
 * What a file claims to be: by its name, or by its first words. '' when it claims nothing, or is a PDF
 * file: those are made anew for each reader.
 */
export function claimIn(fileName: string, beginning: string): string {
  if (beginning.startsWith('%PDF-')) return ''
  const byName = namePattern.exec(fileName)?.[0]
  if (byName !== undefined) return byName
  const inside = /"slug":"([a-z0-9-]+)".*?"edition":\{"number":(\d{1,7}),/s.exec(beginning)
  return inside ? `${inside[1]}-edition-${inside[2]}` : ''
}
