// Finds the language files of a statement's folder: `en.md`, `pt-BR.md` … (product.md §5).

import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'

export interface LanguageFile {
  /** name of the file in the folder */
  file: string
  /** BCP 47 tag in canonical case */
  language: string
}

interface Fault {
  file: string
  line: null
  message: string
}

export interface FoundFiles {
  files: LanguageFile[]
  faults: Fault[]
}

const tag = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*$/i

/** README.md, hidden files and everything that is not `.md` are left alone. */
export async function findLanguageFiles(folder: string): Promise<FoundFiles> {
  const listed = await listFolder(folder)
  if (!listed.ok) return refused(basename(folder), listed.message)
  const names = listed.names.filter(isMarkdown).toSorted()
  if (names.length === 0) return refused(basename(folder), noFiles)
  const found: FoundFiles = { files: [], faults: [] }
  for (const file of names) addFile(found, file)
  return found
}

/** The tag in canonical case, or null where it names no language: `pt-br` → `pt-BR`. */
export function canonicalLanguage(text: string): string | null {
  if (!tag.test(text)) return null
  const locale = new Intl.Locale(text)
  // Two letters are checked against the languages Intl knows; of the many with three it knows few.
  const isKnown = locale.language.length > 2 || languageNames.of(locale.language) !== undefined
  return isKnown ? locale.toString() : null
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
const noFiles =
  'The folder has no statement files. Write one Markdown file for each language, such as en.md.'

function isMarkdown(name: string): boolean {
  const lower = name.toLowerCase()
  return lower.endsWith('.md') && lower !== 'readme.md' && !name.startsWith('.')
}

function addFile(found: FoundFiles, file: string): void {
  const language = canonicalLanguage(file.slice(0, -'.md'.length))
  const twin = found.files.find((other) => other.language === language)
  if (language === null) found.faults.push({ file, line: null, message: notALanguage(file) })
  else if (twin) found.faults.push({ file, line: null, message: twice(language, twin.file) })
  else found.files.push({ file, language })
}

function notALanguage(file: string): string {
  return `The name ${file} is not a language. Name the file after one, such as en.md or pt-BR.md, or move it elsewhere.`
}

function twice(language: string, other: string): string {
  return `This is the same language (${language}) as ${other}. Keep one of the two files.`
}

type Listed = { ok: true; names: string[] } | { ok: false; message: string }

async function listFolder(folder: string): Promise<Listed> {
  try {
    return { ok: true, names: await readdir(folder) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return { ok: false, message: folderMessages[code] ?? 'The folder cannot be read.' }
  }
}

const folderMessages: Record<string, string> = {
  ENOENT: 'There is no such folder. Give the path of the folder that holds the statement’s files.',
  ENOTDIR: 'This is a file, not a folder. Give the path of the folder that it is in.',
}

function refused(file: string, message: string): FoundFiles {
  return { files: [], faults: [{ file, line: null, message }] }
}
