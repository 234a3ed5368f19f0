// The list as plain text, one entry a line: to be pasted under a letter.
import { formatsOf } from '../languages/formats.ts'
import { dirOf, translator } from '../languages/languages.ts'
import type { Entry } from '../signatories/files.ts'
import { isolated } from '../text/direction.ts'
import { asOfLine, countLine, notesIn, withheldLine } from './about.ts'
import type { ListDocument } from './list-document.ts'

export async function* textFile(document: ListDocument): AsyncGenerator<string> {
  const t = translator(document.language)
  const line = lineIn(document.language)
  const head = [document.title.text, '', countLine(document), asOfLine(document)]
  yield lines([...head, ...notesIn(document)])
  let type: Entry['type'] | null = null
  for await (const part of document.rows) {
    const written = []
    for (const entry of part) {
      if (entry.type !== type) written.push('', t(`type.${entry.type}s`), '')
      type = entry.type
      written.push(line(entry))
    }
    yield lines(written)
  }
  const withheld = withheldLine(document)
  yield lines([...(withheld === null ? [] : ['', withheld]), '', document.url])
}

const lines = (all: string[]) => all.map((line) => `${line}\n`).join('')

/** "Harbour Harm Reduction Alliance (HHRA), Kenya" */
function lineIn(language: string): (entry: Entry) => string {
  const format = formatsOf(language)
  const direction = dirOf(language)
  const comma = direction === 'rtl' ? '، ' : ', '
  const late = ` · ${translator(language)('list.late')}`
  return ({ name, acronym, role, affiliation, country, ...entry }) => {
    const called = isolated(name, direction)
    const first = acronym === null ? called : `${called} (${isolated(acronym, direction)})`
    const described = [role, affiliation].flatMap((text) =>
      text === null ? [] : [isolated(text, direction)],
    )
    const line = [first, ...described, format.country(country)].join(comma)
    return entry.late === 1 ? line + late : line
  }
}
