// Text inside an XML file.

/** What XML 1.0 cannot hold, not even as a reference, is left out. */
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

export function xmlText(text: string): string {
  return text
    .replaceAll(impossible, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
}
