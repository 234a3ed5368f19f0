// The text that stands in an element itself, not in those inside it.
import type { CheerioAPI } from 'cheerio'

export function ownText($: CheerioAPI, element: Parameters<typeof $.contains>[0]): string {
  const texts = $(element)
    .contents()
    .filter((_, node) => node.nodeType === 3)
  return texts.text()
}
