// Checks of finished pages: valid HTML, and no barrier that axe can find.
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
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

/**
 * axe for a page without frames: it then needs no second page, whose opening takes most of its time.
 */
export function axeFor(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode()
}

/** WCAG 2.2 AA as far as a program can tell. The page must be open in a browser. */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await axeFor(page).withTags(wcag).analyze()
  const faults = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.html}`)
    return `${help} (${id})\n    ${places.join('\n    ')}`
  })
  assert.equal(faults.length, 0, `${name} has barriers:\n  ${faults.join('\n  ')}`)
}
