// What a pack is made of: an edition, and files that all speak of it.
import type { Context } from '../context.ts'
import type { Edition } from '../editions/edition.ts'
import { formatsOf, type Formats } from '../languages/formats.ts'
import { isLanguage, translator, type Translate } from '../languages/languages.ts'
import { pathsUnder } from '../paths.ts'
import { type Statement, type TextVersion, versionFor } from '../statements/stored-statement.ts'

export const packKinds = ['delivery', 'un'] as const
export type PackKind = (typeof packKinds)[number]

export interface PackFile {
  /** below the folder of the pack */
  path: string
  /** for README.txt; null: said elsewhere */
  about: string | null
  content: string | AsyncIterable<string | Uint8Array>
}

/** What all files of one pack have in common. */
export interface Packing {
  statement: Statement
  edition: Edition
  /** the authoritative text */
  text: TextVersion
  /** of the words: that of the authoritative text, where the interface has it */
  language: string
  t: Translate
  format: Formats
  siteName: string
  /** where the edition is kept for good */
  url: string
  /** where files are checked */
  verifyUrl: string
  keyUrl: string
  /** `halt-the-executions-edition-3` */
  name: string
}

export function packingOf(
  { config }: Pick<Context, 'config'>,
  statement: Statement,
  edition: Edition,
): Packing {
  const text = versionFor(statement, statement.authoritative)
  const language = isLanguage(text.language) ? text.language : config.defaultLanguage
  const paths = pathsUnder(
    config.baseUrl,
    language === config.defaultLanguage ? '' : `/${language}`,
  )
  return {
    statement,
    edition,
    text,
    language,
    t: translator(language),
    format: formatsOf(language),
    siteName: config.siteName,
    url: editionUrl(config, statement.slug, edition, language),
    verifyUrl: paths.verify(),
    keyUrl: paths.signingKey('pem'),
    name: `${statement.slug}-edition-${edition.number}`,
  }
}

export function editionUrl(
  { baseUrl, defaultLanguage }: Context['config'],
  slug: string,
  { number }: Edition,
  language: string,
): string {
  const prefix = language === defaultLanguage || !isLanguage(language) ? '' : `/${language}`
  return pathsUnder(baseUrl, prefix).edition(slug, number)
}
