// Use case: a pack of the list as it is now, in an edition of its own where there is none yet.
import type { Context } from '../context.ts'
import { recordCopy } from '../audit/audit.ts'
import { editionOfNow } from '../editions/edition-of-now.ts'
import type { Edition } from '../editions/edition.ts'
import { isAsIssued } from '../editions/read-edition.ts'
import { openSigner } from '../editions/signing-key.ts'
import { deliveryFiles, type Tell } from './delivery-files.ts'
import { type PackKind, packingOf } from './pack.ts'
import { readme } from './readme.ts'
import { sealedZip } from './sealed-zip.ts'
import { unFiles } from './un-files.ts'

/** Somebody left the list while the pack was being written: nobody must get it (product.md P-7). */
export class NamesTakenOut extends Error {}

export type OpenedPack =
  | { is: 'made'; edition: Edition; fileName: string; pieces: AsyncIterable<Uint8Array> }
  /** nobody can have signed it yet */
  | { is: 'draft' }
  /** too many PDF files are being made for others */
  | { is: 'busy' }

/** The pieces are made as they are read; reading throws `NamesTakenOut`. */
export async function openPack(
  ctx: Context,
  statementId: string,
  { kind, actor, tell }: { kind: PackKind; actor: string; tell: Tell },
): Promise<OpenedPack> {
  const found = await editionOfNow(ctx, statementId, actor)
  if (!found) return { is: 'draft' }
  const { statement, edition } = found
  const packing = packingOf(ctx, statement, edition)
  const contents =
    kind === 'un' ? await unFiles(ctx, packing) : await deliveryFiles(ctx, packing, tell)
  if (contents === 'busy') return { is: 'busy' }
  const detail = { format: `${kind}-pack`, edition: edition.number }
  await recordCopy(ctx, { actor, action: 'list exported', subject: statement.slug, detail })
  const folder = kind === 'un' ? `${packing.name}-un` : packing.name
  const pieces = sealedZip([readme(packing, contents.files, contents.notes), ...contents.files], {
    folder,
    at: edition.madeAt,
    sign: await openSigner(ctx),
    check: async () => {
      if (!(await isAsIssued(ctx.db, edition))) throw new NamesTakenOut()
    },
  })
  return { is: 'made', edition, fileName: `${folder}.zip`, pieces }
}
