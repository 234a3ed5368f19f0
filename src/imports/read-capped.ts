// Reads a stream that may be endless, but no more of it than a sheet may hold.
import { limits } from './sheet.ts'

/** One byte more than allowed is enough to know that it is too large. */
export async function readCapped(chunks: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    const piece = chunk as Buffer
    pieces.push(piece)
    length += piece.length
    if (length > limits.file) break
  }
  return Buffer.concat(pieces)
}
