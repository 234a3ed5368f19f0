// Writes a statement as the files it can be read from again (product.md §5). Pure.

import { stringify } from 'yaml'
import { writeZonedTime } from '../text/dates.ts'
import type { ZonedTime } from '../text/dates.ts'
import type { LanguageVersion, StatementFile } from './statement.ts'

export interface WrittenFile {
  /** `en.md` */
  name: string
  content: string
}

/** One file a language; reading them back gives the same value. */
export function writeStatementFiles(statement: StatementFile): WrittenFile[] {
  return statement.versions.map((version) => ({
    name: `${version.language}.md`,
    content: fileContent(
      version.language === statement.authoritative
        ? authoritativeFields(statement, version)
        : textFields(version),
      version.body,
    ),
  }))
}

type Fields = Record<string, unknown>

function textFields({ title, summary }: LanguageVersion): Fields {
  return { title, summary: summary === '' ? null : summary }
}

function authoritativeFields(statement: StatementFile, version: LanguageVersion): Fields {
  const { convenors, addressees, topics, originallyPublished } = statement
  return {
    slug: statement.slug,
    kind: statement.kind,
    ...textFields(version),
    authoritative: true,
    convenors: convenors.map((convenor) => given({ ...convenor })),
    addressees: addressees.map((addressee) => given({ ...addressee })),
    topics,
    signers: statement.signers,
    visibility_default: statement.visibilityDefault,
    discreet: statement.discreet,
    review: statement.review,
    dated: statement.dated,
    opens_at: timeOf(statement.opensAt),
    closes_at: timeOf(statement.closesAt),
    embargo_until: timeOf(statement.embargoUntil),
    originally_published: originallyPublished && given({ ...originallyPublished }),
  }
}

function timeOf(time: ZonedTime | null): string | null {
  return time === null ? null : writeZonedTime(time.instant, time.zone)
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** Every text is quoted, so that no other YAML reader takes a title for a date or `no` for false. */
function fileContent(fields: Fields, body: string): string {
  const yaml = stringify(given(fields), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
  return `---\n${yaml}---\n\n${body}\n`
}
