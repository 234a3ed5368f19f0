// Checks of finished pages: valid HTML, and no barrier that axe can find.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Result, RunOptions } from 'axe-core'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import type { RuleConfig } from 'html-validate'
import type { Page } from 'playwright-core'

const presets = [
  'html-validate:recommended',
  'html-validate:standard',
  'html-validate:a11y',
  'html-validate:document',
]

// Rules that the HTML standard does not know, each with why we do without it.
const exclusions: RuleConfig = {
  'attr-quotes': 'off', // taste; an unquoted value that breaks is found by the parser
  'attribute-boolean-style': 'off', // taste: `checked=""` is as valid as `checked`
  'attribute-empty-style': 'off', // taste: `value=""` is as valid as `value`
  'doctype-style': 'off', // taste: upper or lower case
  'long-title': 'off', // a statement is called what its convenors call it
  'no-implicit-input-type': 'off', // taste: `text` is the default by definition
  'no-self-closing': 'off', // taste, and what SVG drawings are written with
  'no-trailing-whitespace': 'off', // templates leave it where a condition was false
  'prefer-tbody': 'off', // taste: the parser adds it
  'require-sri': 'off', // every file comes from our own origin
  'tel-non-breaking': 'off', // taste
  'valid-id': ['error', { relaxed: true }], // the standard only forbids white space
  'void-style': 'off', // taste: `<br>` or `<br/>`
}

const validator = new HtmlValidate(
  new StaticConfigLoader({ root: true, extends: presets, rules: exclusions }),
)

/** @param name says in the message which page it was */
export async function assertValidHtml(html: string, name: string): Promise<void> {
  const { results } = await validator.validateString(html)
  const lines = html.split('\n')
  const faults = results.flatMap(({ messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `line ${line}: ${message} (${ruleId})\n    ${lines[line - 1]?.trim().slice(0, 160)}`,
    ),
  )
  assert.equal(faults.length, 0, `${name} is not valid HTML:\n  ${faults.join('\n  ')}`)
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** What axe finds on the page that is open. It is brought there once: that takes longer than asking. */
async function askAxe(
  page: Page,
  wanted: Pick<RunOptions, 'runOnly' | 'rules'>,
): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  return page.evaluate(async (options) => {
    const { axe: there } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await there.run(document, { ...options, resultTypes: ['violations'] })
    return violations
  }, wanted)
}

function assertNone(violations: Result[], name: string): void {
  const faults = violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 5)
      .map(({ target, html, failureSummary }) => `${target.join(' ')}: ${html} ${failureSummary}`)
    return `${help} (${id})\n    ${places.join('\n    ')}`
  })
  assert.equal(faults.length, 0, `${name} has barriers:\n  ${faults.join('\n  ')}`)
}

const contrast = 'color-contrast'

/** WCAG 2.2 AA as far as a program can tell. The page must be open in a browser. */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  assertNone(await askAxe(page, { runOnly: wcag }), name)
}

/** The same in one more language: its colours are those of the others, and take the longest. */
export async function assertAccessibleToo(page: Page, name: string): Promise<void> {
  assertNone(await askAxe(page, { runOnly: wcag, rules: { [contrast]: { enabled: false } } }), name)
}

/** Only what can differ from the light scheme, of the page that is open. */
export async function assertReadableInTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  assertNone(await askAxe(page, { runOnly: [contrast] }), `${name} in the dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}
