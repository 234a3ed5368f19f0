// What differs between two texts, word by word, for people to read. Pure.

export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Longer texts are compared line by line, and beyond that told as a whole. */
const mostSteps = 4_000_000

export function differenceOf(before: string, after: string): Piece[] {
  const lines = compare(before.split(/(?<=\n)/), after.split(/(?<=\n)/))
  return joined(inWords(lines))
}

/** A changed passage is looked at again, word by word. */
function inWords(lines: Piece[]): Piece[] {
  const pieces: Piece[] = []
  for (let n = 0; n < lines.length; n += 1) {
    const [piece, next] = [lines[n], lines[n + 1]]
    if (!piece) break
    if (piece.kind === 'gone' && next?.kind === 'new') {
      pieces.push(...compare(wordsOf(piece.text), wordsOf(next.text)))
      n += 1
    } else {
      pieces.push(piece)
    }
  }
  return pieces
}

const wordsOf = (text: string) => text.match(/\s+|[^\s]+/g) ?? []

const same = (words: readonly string[]): Piece => ({ kind: 'same', text: words.join('') })

/** What both have at the beginning and at the end is not compared. */
function compare(a: readonly string[], b: readonly string[]): Piece[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  const shortest = Math.min(a.length, b.length) - start
  while (end < shortest && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return joined([same(a.slice(0, start)), ...middle, same(a.slice(a.length - end))])
}

function between(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length * b.length > mostSteps || a.length === 0 || b.length === 0) {
    return [
      { kind: 'gone', text: a.join('') },
      { kind: 'new', text: b.join('') },
    ]
  }
  return walk(a, b, longestCommon(a, b))
}

/** `[i][j]`: how many items `a` from `i` and `b` from `j` have in common, in their order. */
function longestCommon(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i], table[i + 1]]
      if (!row || !below) continue
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return table
}

function walk(a: readonly string[], b: readonly string[], table: Uint32Array[]): Piece[] {
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] ?? '' })
      i += 1
      j += 1
    } else if (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? -1)) {
      pieces.push({ kind: 'gone', text: a[i] ?? '' })
      i += 1
    } else {
      pieces.push({ kind: 'new', text: b[j] ?? '' })
      j += 1
    }
  }
  return joined(pieces)
}

/** In each passage, what is gone stands before what is new. */
function joined(pieces: Piece[]): Piece[] {
  const told: Piece[] = []
  let [gone, added] = ['', '']
  const flush = () => {
    if (gone !== '') told.push({ kind: 'gone', text: gone })
    if (added !== '') told.push({ kind: 'new', text: added })
    gone = added = ''
  }
  for (const { kind, text } of pieces) {
    if (text === '') continue
    if (kind === 'gone') gone += text
    else if (kind === 'new') added += text
    else {
      flush()
      const last = told.at(-1)
      if (last?.kind === 'same') last.text += text
      else told.push({ kind, text })
    }
  }
  flush()
  return told
}
