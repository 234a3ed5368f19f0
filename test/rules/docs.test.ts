// What the documentation says is there: links, settings, scripts, commands, the example statement.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { makeProgram } from '../../src/cli/program.ts'
import { settings } from '../../src/config.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const elsewhere = new Set(['node_modules', 'var', 'demo', 'test'])

const read = (file: string) => readFileSync(join(root, file), 'utf8')

function markdownFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || elsewhere.has(path)) return []
    if (entry.isDirectory()) return markdownFiles(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

const documents = markdownFiles()

const withoutCode = (text: string) =>
  text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '')

/** Headings as the fragments that link to them. */
function fragmentsOf(file: string): string[] {
  const headings = read(file)
    .replaceAll(/^```.*?^```$/gms, '')
    .matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function isThere(from: string, link: string): boolean {
  const [path = '', fragment] = link.split('#')
  const file = path === '' ? from : join(dirname(from), path)
  if (!existsSync(join(root, file))) return false
  return fragment === undefined || fragmentsOf(file).includes(fragment)
}

test('every relative link and picture in the documentation leads somewhere', () => {
  assert.ok(documents.length > 10)
  for (const document of documents) {
    const links = withoutCode(read(document)).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)
    const dead = [...links].map(([, link = '']) => link).filter((link) => !isThere(document, link))
    assert.deepEqual(dead, [], document)
  }
})

/** Decisions are cited by their number: docs/adr/0006. */
function isDocument(file: string): boolean {
  const siblings = existsSync(join(root, dirname(file)))
    ? readdirSync(join(root, dirname(file)))
    : []
  return siblings.some((name) => join(dirname(file), name).startsWith(file))
}

test('every document that the code points to is there', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  for (const source of sources.filter((name) => name.endsWith('.ts'))) {
    for (const [file] of read(join('src', source)).matchAll(/\bdocs\/[\w/-]+(?:\.md)?/g)) {
      assert.ok(isDocument(file), `src/${source}: ${file}`)
    }
  }
})

test('.env.example lists the settings in their order, each with its meaning and default', () => {
  const listed = [...read('.env.example').matchAll(/^# (.*)\n#([A-Z_]+)="(.*)"$/gm)]
  assert.deepEqual(
    listed.map(([, doc, name, fallback]) => ({ name, doc, fallback })),
    settings.map(({ name, doc, fallback }) => ({ name, doc, fallback })),
  )
})

test('.env.example sets nothing by itself', () => {
  const lines = read('.env.example').split('\n')
  assert.deepEqual(
    lines.filter((line) => line !== '' && !line.startsWith('#')),
    [],
  )
})

test('every npm script that the documentation names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const document of documents) {
    const named = read(document).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)
    for (const [, script, short] of named) {
      assert.ok(Object.hasOwn(scripts, script ?? short ?? ''), `${document}: ${script ?? short}`)
    }
  }
})

const { commands } = makeProgram()

function isCommand(words: string[], among: readonly Command[]): boolean {
  const [first, ...rest] = words
  const found = among.find((command) => command.name() === first)
  if (found === undefined) return false
  return found.commands.length === 0 || rest.length === 0 || isCommand(rest, found.commands)
}

test('every command that the documentation tells to type exists', () => {
  let seen = 0
  for (const document of documents) {
    const typed = read(document).matchAll(
      /(?:^|`)(?:npm run undersigned -- |undersigned )([a-z][a-z -]*)/gm,
    )
    for (const [, words = ''] of typed) {
      seen += 1
      assert.ok(isCommand(words.trim().split(' '), commands), `${document}: ${words}`)
    }
  }
  assert.ok(seen >= 10)
})

test('the example statement can be imported as it stands', async () => {
  const examples = read('docs/operating.md').matchAll(
    /<!-- example: ([\w.-]+) -->\n+```markdown\n(.*?)^```$/gms,
  )
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-example-'))
  try {
    for (const [, name = '', content = ''] of examples) writeFileSync(join(folder, name), content)
    assert.deepEqual(readdirSync(folder).toSorted(), ['en.md', 'es.md'])
    const statement = await readStatementFolder(folder)
    assert.deepEqual(statement.ok ? [] : statement.faults, [])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
