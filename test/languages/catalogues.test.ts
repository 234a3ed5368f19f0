import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { languages, readCatalogue } from '../../src/languages/languages.ts'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]
const english = readCatalogue('en')
/** Some languages have a form for whole millions only; no statement counts that far. */
const COUNTED = Array.from({ length: 2000 }, (_, n) => n)

/** The names of all arguments of a message, also of those inside plural branches. */
function argumentsOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const name = 'value' in element && !isLiteral(element) ? [element.value] : []
    const branches = 'options' in element ? Object.values(element.options) : []
    return [...name, ...branches.flatMap((branch) => argumentsOf(branch.value))]
  })
}

/** The parser numbers its kinds of elements; the text between arguments is kind 0. */
function isLiteral({ type }: { type: number }): boolean {
  return type === 0
}

function argumentNames(message: string, language: string): string[] {
  const { getAst } = new IntlMessageFormat(message, language, {}, { ignoreTag: true })
  return [...new Set(argumentsOf(getAst()))].sort()
}

function pluralForms(message: string, language: string): string[][] {
  const { getAst } = new IntlMessageFormat(message, language, {}, { ignoreTag: true })
  return getAst().flatMap((element) =>
    'pluralType' in element ? [Object.keys(element.options).filter((key) => key[0] !== '=')] : [],
  )
}

for (const { code } of languages) {
  describe(`the catalogue ${code}`, () => {
    const catalogue = readCatalogue(code)

    test('has every message of the English one and no other', () => {
      assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(english).sort())
    })

    test('uses the same arguments as the English one', () => {
      for (const [key, message] of Object.entries(catalogue)) {
        const expected = argumentNames(english[key] ?? '', 'en')
        assert.deepEqual(argumentNames(message, code), expected, `${code}: ${key}`)
      }
    })

    test('gives every plural form that counting needs', () => {
      const rules = new Intl.PluralRules(code)
      const known = new Set<string>(rules.resolvedOptions().pluralCategories)
      const needed = new Set(COUNTED.map((n) => rules.select(n)))
      for (const [key, message] of Object.entries(catalogue)) {
        for (const given of pluralForms(message, code)) {
          const missing = [...needed].filter((form) => !given.includes(form))
          assert.deepEqual(missing, [], `${code}: ${key} lacks a form`)
          assert.ok(
            given.every((form) => known.has(form)),
            `${code}: ${key} has a form too many`,
          )
        }
      }
    })

    test('contains no markup and no empty message', () => {
      for (const [key, message] of Object.entries(catalogue)) {
        assert.ok(message.trim().length > 0, `${code}: ${key} is empty`)
        assert.doesNotMatch(message, /<[a-z/]/i, `${code}: ${key} contains markup`)
      }
    })
  })
}
