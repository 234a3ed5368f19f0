// Puts files into one folder of one ZIP file, with the hash of each and a signature over the hashes.
import { createHash } from 'node:crypto'
import { zipOf } from '../documents/zip.ts'
import type { Sign } from '../editions/signing-key.ts'
import type { PackFile } from './pack.ts'

interface Sealing {
  /** the one folder that comes out of it */
  folder: string
  /** ISO 8601; the same files at the same instant are the same pack */
  at: string
  sign: Sign
  /** called before the hashes are written: throws when the files are not to be used any more */
  check: () => Promise<void>
}

export function sealedZip(
  files: readonly PackFile[],
  { folder, at, sign, check }: Sealing,
): AsyncGenerator<Uint8Array> {
  // each is begun when the one before is written, so all hashes are known at the end
  const sums: string[] = []
  const measured = files.map(({ path, content }) => ({
    path: `${folder}/${path}`,
    content: measuring(content, (hash) => sums.push(`${hash}  ${path}\n`)),
  }))
  async function* list() {
    await check()
    yield sums.join('')
  }
  async function* signature() {
    yield sign(Buffer.from(sums.join('')))
  }
  return zipOf(
    [
      ...measured,
      { path: `${folder}/SHA256SUMS`, content: list() },
      { path: `${folder}/SHA256SUMS.sig`, content: signature() },
    ],
    at,
  )
}

async function* measuring(content: PackFile['content'], tell: (hash: string) => void) {
  const hash = createHash('sha256')
  for await (const piece of typeof content === 'string' ? [content] : content) {
    hash.update(piece)
    yield piece
  }
  tell(hash.digest('hex'))
}
