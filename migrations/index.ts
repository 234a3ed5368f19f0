// The ordered list of migrations. A landed migration is never edited; the next change is a new file.
import type { Kysely, RawBuilder } from 'kysely'
import type { Migration } from 'kysely/migration'
import * as m0001 from './0001-foundation.ts'
import * as m0002 from './0002-safety.ts'
import * as m0003 from './0003-coordinators.ts'
import * as m0004 from './0004-imports.ts'
import * as m0005 from './0005-editor.ts'
import * as m0006 from './0006-review.ts'
import * as m0007 from './0007-invitations.ts'
import * as m0008 from './0008-updates.ts'
import * as m0009 from './0009-mail-tallies.ts'
import * as m0010 from './0010-editions.ts'
import * as m0011 from './0011-press.ts'
import * as m0012 from './0012-reports.ts'
import * as m0013 from './0013-packs.ts'
import * as m0014 from './0014-first-signatories.ts'
import * as m0015 from './0015-pictures.ts'
import * as m0016 from './0016-revisions.ts'
import * as m0017 from './0017-processes.ts'
import * as m0018 from './0018-long-lists.ts'
import * as m0019 from './0019-listed-days.ts'

/** The few things the two databases spell differently. */
export interface Portable {
  /** a text type that compares byte by byte, whatever the locale of the database */
  bytewise: RawBuilder<unknown>
  /** makes an index for parts of listed names, where that is possible */
  trigrams: RawBuilder<unknown> | null
}

interface PortableMigration {
  up(db: Kysely<unknown>, portable: Portable): Promise<void>
}

const ordered: [name: string, migration: PortableMigration][] = [
  ['0001-foundation', m0001],
  ['0002-safety', m0002],
  ['0003-coordinators', m0003],
  ['0004-imports', m0004],
  ['0005-editor', m0005],
  ['0006-review', m0006],
  ['0007-invitations', m0007],
  ['0008-updates', m0008],
  ['0009-mail-tallies', m0009],
  ['0010-editions', m0010],
  ['0011-press', m0011],
  ['0012-reports', m0012],
  ['0013-packs', m0013],
  ['0014-first-signatories', m0014],
  ['0015-pictures', m0015],
  ['0016-revisions', m0016],
  ['0017-processes', m0017],
  ['0018-long-lists', m0018],
  ['0019-listed-days', m0019],
]

export function migrationsFor(portable: Portable): Record<string, Migration> {
  return Object.fromEntries(
    ordered.map(([name, migration]) => [
      name,
      { up: (db: Kysely<unknown>) => migration.up(db, portable) },
    ]),
  )
}
