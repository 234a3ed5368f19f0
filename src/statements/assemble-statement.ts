// Puts the language files of a folder together into one statement. Pure.

import { checkText } from './check-text.ts'
import type { AuthoritativeFields, TranslationFields } from './file-fields.ts'
import type { FrontMatter } from './front-matter.ts'
import { readAuthoritativeFields, readTranslationFields } from './read-fields.ts'
import type { ReadFields } from './read-fields.ts'
import type { Addressee, Convenor, LanguageVersion, StatementFile } from './statement.ts'

export interface FileFault {
  /** name of the file in the folder, or of the folder */
  file: string
  /** beginning with 1; null where the fault is of the whole file, or of something missing */
  line: number | null
  /** what is wrong and what to do */
  message: string
}

export type ReadStatement =
  { ok: true; statement: StatementFile } | { ok: false; faults: FileFault[] }

export interface ParsedFile {
  file: string
  language: string
  front: FrontMatter
}

/**
 * @param isComplete whether every file of the folder could be read: if not, the authoritative one
 * may be among the others, and its absence is not a fault
 */
export function assembleStatement(
  files: ParsedFile[],
  folder: string,
  isComplete: boolean,
): ReadStatement {
  const faults = isComplete ? authoritativeFaults(files, folder) : []
  const mains = mainFiles(files)
  const main = mains.map((file) => ({ file, read: readAuthoritativeFields(file.front.fields) }))
  const others = files
    .filter((file) => !mains.includes(file))
    .map((file) => ({ file, read: readTranslationFields(file.front.fields) }))
  for (const { file, read } of [...main, ...others]) faults.push(...faultsOf(file, read))
  const [first] = main
  if (faults.length > 0 || !first?.read.ok) return { ok: false, faults }
  const translations = others.flatMap(({ file, read }) =>
    read.ok ? [versionOf(file, read.fields)] : [],
  )
  return { ok: true, statement: statementOf(first.file, first.read.fields, translations) }
}

function isAuthoritative({ front }: ParsedFile): boolean {
  return front.fields['authoritative'] === true
}

/** The files read as authoritative; while none says that it is, the ones that name the statement. */
function mainFiles(files: ParsedFile[]): ParsedFile[] {
  const mains = files.filter(isAuthoritative)
  return mains.length > 0 ? mains : files.filter(({ front }) => Object.hasOwn(front.fields, 'slug'))
}

function authoritativeFaults(files: ParsedFile[], folder: string): FileFault[] {
  const [first, ...others] = files.filter(isAuthoritative)
  if (first === undefined) return [noneAuthoritative(files, folder)]
  const message = `${first.file} is authoritative already, and only one file can be. Delete this line and the settings here.`
  return others.map(({ file, front }) => ({ file, line: front.lineOf(['authoritative']), message }))
}

function noneAuthoritative(files: ParsedFile[], folder: string): FileFault {
  const named = mainFiles(files)
  const candidates = named.length > 0 ? named : files
  const file = candidates.length === 1 ? candidates[0]?.file : undefined
  const message =
    'No file is authoritative. Write “authoritative: true” in the one that carries the settings.'
  return { file: file ?? folder, line: null, message }
}

function faultsOf({ file, front }: ParsedFile, read: ReadFields<unknown>): FileFault[] {
  const fields = read.ok ? [] : read.faults
  const inFields = fields.map(({ path, message }) => ({ file, line: front.lineOf(path), message }))
  if (front.body === '') {
    const message = 'The text is missing. Write it below the second line of hyphens.'
    return [...inFields, { file, line: front.bodyLine, message }]
  }
  const inText = checkText(front.body, front.bodyLine)
  return [...inFields, ...inText.map(({ line, message }) => ({ file, line, message }))]
}

function statementOf(
  file: ParsedFile,
  fields: AuthoritativeFields,
  translations: LanguageVersion[],
): StatementFile {
  return {
    ...settingsFrom(fields),
    slug: fields.slug,
    authoritative: file.language,
    versions: [versionOf(file, fields), ...translations.toSorted(byLanguage)],
  }
}

export type Settings = Omit<StatementFile, 'slug' | 'authoritative' | 'versions'>

export function settingsFrom(fields: AuthoritativeFields): Settings {
  return {
    kind: fields.kind,
    convenors: fields.convenors.map(convenorOf),
    addressees: fields.addressees.map(addresseeOf),
    topics: [...new Set(fields.topics)],
    signers: fields.signers,
    visibilityDefault: fields.visibility_default,
    discreet: fields.discreet,
    review: fields.review,
    dated: fields.dated ?? null,
    opensAt: fields.opens_at ?? null,
    closesAt: fields.closes_at ?? null,
    embargoUntil: fields.embargo_until ?? null,
    originallyPublished: originOf(fields.originally_published),
  }
}

function versionOf({ language, front }: ParsedFile, fields: TranslationFields): LanguageVersion {
  return { language, title: fields.title, summary: fields.summary, body: front.body }
}

/** Where no role is given the first convenor leads and the others go with it. */
function convenorOf(given: AuthoritativeFields['convenors'][number], index: number): Convenor {
  const role = given.role ?? (index === 0 ? 'lead' : 'with')
  return { name: given.name, acronym: given.acronym ?? null, role, url: given.url ?? null }
}

function addresseeOf(given: AuthoritativeFields['addressees'][number]): Addressee {
  const { name = null, office = null, body = null, country = null } = given
  return { name, office, body, country }
}

function originOf(given: AuthoritativeFields['originally_published']) {
  return given === undefined ? null : { name: given.name, url: given.url ?? null }
}

function byLanguage(a: LanguageVersion, b: LanguageVersion): number {
  return a.language < b.language ? -1 : 1
}
