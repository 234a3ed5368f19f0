// undersigned doctor --seizure: reads the database like a thief without the key, and tells in plain
// words what could be learnt. The living test of docs/threat-model.md.
import type { Config } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import type { Db } from '../db/schema.ts'
import { filesOf, type Values, valuesOf } from './loot.ts'
import { addressesIn, hashesIn, type Part, textsIn, visitorsIn } from './raw-search.ts'
import {
  aloneInCountry,
  type Counted,
  countOf,
  endorsementsByKind,
  hiddenBy,
  hiddenSpan,
  publicNames,
  sharedHashes,
  statementsByState,
} from './seizure-store.ts'

export interface Seizure {
  /** what anybody with the database learns, and what was searched */
  lines: string[]
  /** what should not be there */
  findings: string[]
}

/** @param lookFor addresses and names to search for, as they are and hashed without a key */
export async function seize(
  database: Config['database'],
  lookFor: readonly string[] = [],
): Promise<Seizure> {
  const files = filesOf(database)
  const db = await openDatabase(database)
  try {
    const values = await valuesOf(db)
    const parts = [...files, ...values.parts]
    const findings = [...searched(parts, values, lookFor), ...(await joined(db))]
    return { lines: [...(await learnt(db)), '', ...whatWasSearched(parts, lookFor)], findings }
  } finally {
    await db.destroy()
  }
}

async function learnt(db: Db): Promise<string[]> {
  const hidden = await hiddenSpan(db)
  const alone = await aloneInCountry(db)
  return [
    'Whoever has the database but not SECRET_KEY learns:',
    `  - the statements, those that are not public yet included: ${told(await statementsByState(db))}`,
    `  - the ${await publicNames(db)} names on the lists, which are public anyway`,
    `  - how many endorsements there are: ${told(await endorsementsByKind(db))}`,
    `  - of each of the ${hidden.n} whose name is not public: the country, the language, the minute,` +
      ' and whether they want news; never who',
    ...(hidden.n === 0
      ? []
      : [
          `      countries: ${told(await hiddenBy(db, 'country'))}`,
          `      languages: ${told(await hiddenBy(db, 'language'))}`,
          `      signed between ${hidden.from} and ${hidden.to}`,
          `      the only one of a statement from their country: ${alone}`,
        ]),
    `  - that ${await countOf(db, 'outbox')} mails wait or have failed: when and in which language,` +
      ' not for whom',
    `  - ${await countOf(db, 'tokens')} links and ${await countOf(db, 'suppressions')} blocked` +
      ' addresses, as keyed hashes that say nothing without the key',
    `  - ${await countOf(db, 'audit_log')} acts of those who run the site`,
  ]
}

function told(counts: readonly Counted[]): string {
  return counts.map(({ what, n }) => `${n} ${what}`).join('; ') || 'none'
}

function whatWasSearched(parts: readonly Part[], lookFor: readonly string[]): string[] {
  const files = parts.filter(({ place }) => !place.startsWith('table '))
  const places = files.map(({ place, bytes }) => `${place} (${bytes.length} bytes)`)
  const tables = `all rows of ${parts.length - files.length} tables`
  const wanted = lookFor.length === 0 ? '' : `, and ${lookFor.length} given texts, plain and hashed`
  return [
    `Searched: ${[...places, tables].join(', ')}`,
    `for e-mail addresses, hashes without a key, IP addresses and browsers${wanted}.`,
  ]
}

function searched(parts: readonly Part[], values: Values, lookFor: readonly string[]): string[] {
  const isPublic = (hit: string) => values.publicText.includes(hit)
  const findings = parts.flatMap((part) => [
    ...tell(part, 'an e-mail address', [...addressesIn(part)].filter(isPrivate(values))),
    ...tell(part, 'a hash without a key', [...hashesIn(part, values.knownHashes)]),
    ...tell(
      part,
      "a visitor's IP address or browser",
      [...visitorsIn(part)].filter((hit) => !isPublic(hit.toLowerCase())),
    ),
  ])
  const unsealed = [...new Set(values.unsealed)].map((column) => `${column} is not sealed`)
  const given = textsIn(parts, lookFor).length
  return [
    ...findings,
    ...unsealed,
    ...(given === 0 ? [] : [`${given} of the given texts can be found, plain or hashed`]),
  ]
}

/** Two texts can stand side by side in the file, so an address can have something else at its ends. */
function isPrivate({ publicText }: Values): (hit: string) => boolean {
  const known = [...addressesIn({ place: '', bytes: Buffer.from(publicText) })]
  return (hit) => !known.some((address) => hit.includes(address))
}

function tell({ place }: Part, what: string, hits: readonly string[]): string[] {
  const [first = ''] = hits
  if (hits.length === 0) return []
  return [`${place}: what looks like ${what} (${hits.length} found, such as ${first.slice(0, 3)}…)`]
}

async function joined(db: Db): Promise<string[]> {
  const shared = await sharedHashes(db)
  return shared === 0 ? [] : [`${shared} mailboxes can be recognised in more than one statement`]
}
