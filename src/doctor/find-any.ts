// Finds many texts in a very long one by going through it once.

const prefixLength = 6

/** Which of the needles are in the haystack; both in the same case. */
export function findAny(haystack: string, needles: Iterable<string>): Set<string> {
  const found = new Set<string>()
  const byPrefix = new Map<string, string[]>()
  for (const needle of needles) {
    if (needle.length < prefixLength) {
      if (needle !== '' && haystack.includes(needle)) found.add(needle)
      continue
    }
    const prefix = needle.slice(0, prefixLength)
    const same = byPrefix.get(prefix)
    if (same) same.push(needle)
    else byPrefix.set(prefix, [needle])
  }
  if (byPrefix.size === 0) return found
  for (let at = 0; at + prefixLength <= haystack.length; at += 1) {
    const candidates = byPrefix.get(haystack.slice(at, at + prefixLength))
    for (const needle of candidates ?? []) if (haystack.startsWith(needle, at)) found.add(needle)
  }
  return found
}
