// Reads a text file that people wrote: UTF-8 or refused, never guessed; never more than it may hold.

import { readFile, stat } from 'node:fs/promises'

export type ReadText =
  { ok: true; text: string } | { ok: false; line: number | null; message: string }

/** The text without byte order mark, with `\n` line ends; refuses a file above `longest` bytes unread. */
export async function readUtf8File(path: string, longest: number): Promise<ReadText> {
  const found = await stat(path)
  if (!found.isFile()) {
    return { ok: false, line: null, message: 'This is not a file. Move it elsewhere.' }
  }
  if (found.size > longest) {
    return { ok: false, line: null, message: tooLarge(found.size, longest) }
  }
  return decode(await readFile(path))
}

function decode(bytes: Buffer): ReadText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { ok: true, text: text.replace(/\r\n?/g, '\n') }
  } catch {
    const valid = validLength(bytes)
    const line = bytes.subarray(0, valid).toString('latin1').split('\n').length
    const message = `The file is not UTF-8 text (near byte ${Math.min(valid + 1, bytes.length)}). Save it again with the encoding UTF-8.`
    return { ok: false, line, message }
  }
}

/** How many bytes from the start are valid: the longest prefix that decodes, found by halving. */
function validLength(bytes: Buffer): number {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2)
    if (decodes(bytes.subarray(0, middle))) valid = middle
    else invalid = middle
  }
  return valid
}

function decodes(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function tooLarge(size: number, longest: number): string {
  return `The file is too large: ${megabytes(size)} MB, at most ${megabytes(longest)} MB are possible. Shorten it.`
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')
}
