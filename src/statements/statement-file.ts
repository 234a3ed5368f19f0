// Reads a statement from a folder of files (product.md §5): all of it, or every fault found.

import { basename, join } from 'node:path'
import { readUtf8File } from '../text/utf8-file.ts'
import { assembleStatement } from './assemble-statement.ts'
import type { FileFault, ParsedFile, ReadStatement } from './assemble-statement.ts'
import { readFrontMatter } from './front-matter.ts'
import { findLanguageFiles } from './language-files.ts'

export type { FileFault, ReadStatement } from './assemble-statement.ts'
export { writeStatementFiles } from './write-statement-files.ts'

/** Longest file, in bytes. */
const longest = 1_000_000
/** Faults told of one file: a broken one can have thousands. */
const mostFaults = 20

/** Reads every language file of `folder`; nothing is returned of a statement with a fault. */
export async function readStatementFolder(folder: string): Promise<ReadStatement> {
  const found = await findLanguageFiles(folder)
  const faults: FileFault[] = [...found.faults]
  const files: ParsedFile[] = []
  for (const { file, language } of found.files) {
    const read = await readLanguageFile(folder, file)
    if (read.ok) files.push({ file, language, front: read.front })
    else faults.push(...read.faults)
  }
  const assembled = assembleStatement(files, basename(folder), faults.length === 0)
  if (assembled.ok && faults.length === 0) return assembled
  return { ok: false, faults: inOrder([...faults, ...(assembled.ok ? [] : assembled.faults)]) }
}

type ReadFile = { ok: true; front: ParsedFile['front'] } | { ok: false; faults: FileFault[] }

async function readLanguageFile(folder: string, file: string): Promise<ReadFile> {
  const read = await readUtf8File(join(folder, file), longest)
  if (!read.ok) return { ok: false, faults: [{ file, line: read.line, message: read.message }] }
  const front = readFrontMatter(read.text)
  if (front.ok) return { ok: true, front: front.value }
  return { ok: false, faults: front.faults.map(({ line, message }) => ({ file, line, message })) }
}

/** File by file, from top to bottom. */
function inOrder(faults: FileFault[]): FileFault[] {
  const byFile = Map.groupBy(faults, (fault) => fault.file)
  return [...byFile].flatMap(([file, ofFile]) => {
    const sorted = ofFile.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    return sorted.slice(0, mostFaults).concat(rest(file, sorted.length - mostFaults))
  })
}

function rest(file: string, count: number): FileFault[] {
  return count > 0 ? [{ file, line: null, message: `The file has ${count} more faults.` }] : []
}
