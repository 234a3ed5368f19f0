// Folders of statement files for the tests: written, read, gone afterwards.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import type { FileFault } from '../../src/statements/statement-file.ts'
import type { StatementFile } from '../../src/statements/statement.ts'

let root = ''
let folders = 0
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'statement-file-'))
})
after(() => rm(root, { recursive: true }))

export type Files = Record<string, string | Uint8Array>

export async function folderWith(files: Files): Promise<string> {
  folders += 1
  const folder = join(root, `folder-${folders}`)
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

export async function statementIn(folder: string): Promise<StatementFile> {
  const read = await readStatementFolder(folder)
  assert.ok(read.ok, JSON.stringify(read))
  return read.statement
}

export async function faultsOf(files: Files): Promise<FileFault[]> {
  const read = await readStatementFolder(await folderWith(files))
  assert.ok(!read.ok, 'the folder should have been refused')
  return read.faults
}

/** Exactly one fault, of this file, on this line, with this in its message. */
export async function assertRefused(
  files: Files,
  file: string,
  line: number | null,
  message: RegExp,
) {
  const faults = await faultsOf(files)
  assert.deepEqual(
    faults.map((fault) => [fault.file, fault.line]),
    [[file, line]],
    JSON.stringify(faults),
  )
  assert.match(faults[0]?.message ?? '', message)
}

const settings = {
  slug: 'a-letter',
  kind: 'open-letter',
  title: '"A letter"',
  authoritative: 'true',
  convenors: '[{ name: "Harbour Alliance" }]',
}

/** A right file, with some lines changed or added; the first field stands on line 2. */
export function fileWith(
  changes: Record<string, string | null> = {},
  body = 'We ask you to act.',
): string {
  const lines = Object.entries({ ...settings, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [`${key}: ${value}`],
  )
  return `---\n${lines.join('\n')}\n---\n${body}\n`
}

export const russian = '---\ntitle: "Письмо"\n---\nМы просим вас.\n'
