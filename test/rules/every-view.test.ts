// Every view with sample models in every language: it compiles, finds all its words, and is valid
// HTML within the weight that product.md §3 allows.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import { renderGallery } from '../support/gallery/render.ts'
import { assertValidHtml } from '../support/html.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const FIRST_VIEW = 50_000

/** With the files that the page loads at once. */
function weightOf(html: string): number {
  const files = [...html.matchAll(/(?:src|href)="\/(static\/[\w.-]+)"/g)]
  const sizes = files.map(([, file = '']) => statSync(join(root, file)).size)
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(html))
}

function templates(): string[] {
  const names = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ejs'))
}

for (const { code } of languages) {
  describe(`every view in ${code}`, async () => {
    const { pages, mails } = await renderGallery(code)

    for (const [name, html] of Object.entries(pages)) {
      test(`${name} is valid HTML and light`, async () => {
        await assertValidHtml(html, `${code} ${name}`)
        const bytes = weightOf(html)
        assert.ok(bytes <= FIRST_VIEW, `${code} ${name}: ${bytes} bytes on first view`)
      })
    }

    for (const [name, { subject, text, html }] of Object.entries(mails)) {
      test(`the mail ${name} has a subject of one line and a text part without entities`, async () => {
        assert.match(subject, /^\S.*\S$/)
        assert.doesNotMatch(text, /&(?:amp|lt|gt|quot|#39);/)
        assert.doesNotMatch(text, /\n{4}/)
        await assertValidHtml(html, `${code} mail ${name}`)
      })
    }
  })
}

describe('the templates', () => {
  test('print unescaped only includes, the body of the page and the text of a statement', () => {
    for (const name of templates()) {
      const raw = readFileSync(join(root, 'views', name), 'utf8').matchAll(/<%-\s*(.*?)\s*%>/gs)
      for (const [, code = ''] of raw) {
        assert.match(code, /^(?:include\(|body$|view\.textHtml$)/, `${name}: ${code}`)
      }
    }
  })

  test('hold no inline script, style attribute or event handler', () => {
    for (const name of templates()) {
      const source = readFileSync(join(root, 'views', name), 'utf8')
      assert.doesNotMatch(source, /\s(?:style|on[a-z]+)="|<script(?![^>]*src=)|javascript:/, name)
    }
  })
})
