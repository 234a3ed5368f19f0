// What an import would do, row by row: the dry run, and the list that is then brought in. However many
// have signed, only what is in the sheet is held in memory: its rows are looked up some at a time, and
// the organisations that are there pass by the names of the sheet.
import { isProtectedName } from '../abuse/protected.ts'
import { listProtectedNames } from '../abuse/protect-names.ts'
import type { Context } from '../context.ts'
import { type Brought, hashesOf } from '../endorsements/bring-in.ts'
import { type Hashes, readNamed, whoIsThere } from '../endorsements/brought.ts'
import { domainOf } from '../endorsements/domain.ts'
import type { Flag } from '../endorsements/endorsement.ts'
import type { BroughtSignOn } from '../endorsements/endorsement-form.ts'
import { openTurns } from '../db/turns.ts'
import {
  type Likeness,
  type Named,
  openSimilarNames,
  type SimilarNames,
} from '../text/similar-names.ts'
import { listBrought } from './import-store.ts'
import type { Pause } from './pause.ts'
import { type ReadRow, readRow, type RowFault, type RowRules, type RowValues } from './read-row.ts'
import { isBlank, type Sheet, type SheetRow } from './sheet.ts'

export type PlannedRow = { row: number } & (
  | { outcome: 'invalid'; values: RowValues; faults: RowFault[] }
  /** `of`: the row in the sheet; null: it is on the statement, or was brought before */
  | { outcome: 'duplicate'; values: RowValues; of: number | null }
  | { outcome: 'similar'; of: number | null; why: Likeness[]; brought: ToBring }
  | { outcome: 'new'; brought: ToBring }
)
type ToBring = Omit<Brought, 'mailDueAt'>

export interface Plan {
  planned: PlannedRow[]
  numbers: Numbers
}

export interface Numbers {
  rows: number
  blank: number
  new: number
  duplicate: number
  similar: number
  invalid: number
}

type Needs = Pick<Context, 'db' | 'vault' | 'clock'>

/** so many rows are looked up at once */
const atOnce = 100

/** Reads only. Similar ones are brought as well, but wait for a coordinator before they count. */
export async function planImport(
  ctx: Needs,
  sheet: Sheet,
  rules: RowRules,
  pause: Pause,
): Promise<Plan> {
  const look = await openLook(ctx, rules)
  const { planned } = look
  let blank = 0
  for (let from = 0; from < sheet.rows.length; from += atOnce) {
    const some: ReadOne[] = []
    for (const [at, row] of sheet.rows.slice(from, from + atOnce).entries()) {
      await pause(from + at)
      if (isBlank(row)) blank += 1
      else some.push(readOne(ctx, row, rules))
    }
    await lookUp(ctx, look, some)
    for (const one of some) planned.push(plan(look, one))
  }
  await compareWithKnown(ctx, look)
  markSimilar(look)
  return { planned, numbers: numbersOf(planned, sheet.rows.length, blank) }
}

function numbersOf(planned: PlannedRow[], rows: number, blank: number): Numbers {
  const count = (outcome: PlannedRow['outcome']) =>
    planned.filter((each) => each.outcome === outcome).length
  return {
    rows,
    blank,
    new: count('new'),
    duplicate: count('duplicate'),
    similar: count('similar'),
    invalid: count('invalid'),
  }
}

/** `at`: in the plan */
type Item = Named & { at: number }
interface ReadOne {
  row: number
  read: ReadRow
  /** null when the row is invalid */
  hashes: Hashes | null
}

function readOne({ vault }: Needs, row: SheetRow, rules: RowRules): ReadOne {
  const read = readRow(row, rules)
  const hashes = read.ok ? hashesOf({ vault }, rules.statement.id, read.value.signOn) : null
  return { row: row.number, read, hashes }
}

interface Look {
  rules: RowRules
  suppressed: Set<string>
  /** by mailbox and capacity: the row that had it first, null for what is there or was brought */
  seen: Map<string, number | null>
  names: SimilarNames<Item>
  planned: PlannedRow[]
  /** by the place in the plan; `of` as above */
  alike: Map<number, { of: number | null; score: number; why: Likeness[] }>
  protectedNames: string[]
}

async function openLook(ctx: Needs, rules: RowRules): Promise<Look> {
  const ofSite = (await listProtectedNames(ctx, null)) ?? []
  return {
    rules,
    suppressed: new Set(),
    seen: new Map(),
    names: openSimilarNames<Item>([]),
    planned: [],
    alike: new Map(),
    protectedNames: [...ofSite, ...rules.statement.protectedNames],
  }
}

async function lookUp(ctx: Needs, look: Look, some: ReadOne[]): Promise<void> {
  const hashes = some.flatMap((one) => one.hashes ?? [])
  const { signed, suppressed } = await whoIsThere(ctx, hashes)
  const capacities = hashes.map(({ capacity }) => capacity)
  for (const hash of [...signed, ...(await listBrought(ctx.db, capacities))]) {
    if (!look.seen.has(hash)) look.seen.set(hash, null)
  }
  for (const hash of suppressed) look.suppressed.add(hash)
}

function plan(look: Look, { row, read, hashes }: ReadOne): PlannedRow {
  const { values } = read
  if (!read.ok || hashes === null) {
    return { row, outcome: 'invalid', values, faults: read.ok ? [] : read.faults }
  }
  // without a coordinator's word the mail is what is not sent, and nobody learns why (P-10)
  if (look.rules.isConfirmed && look.suppressed.has(hashes.address)) {
    return { row, outcome: 'invalid', values, faults: [{ field: 'email', reason: 'refused' }] }
  }
  const twin = look.seen.get(hashes.capacity)
  if (twin !== undefined) return { row, outcome: 'duplicate', values, of: twin }
  look.seen.set(hashes.capacity, row)
  const { signOn, language } = read.value
  compareWithEarlier(look, signOn)
  const impersonates = isProtectedName(signOn.details, look.protectedNames)
  const doubts = impersonates ? doubted(signOn, 'protected-name') : signOn
  return { row, outcome: 'new', brought: { signOn: doubts, language, hashes } }
}

/** Only organisations: many people have the same name. */
function compareWithEarlier({ names, alike, planned }: Look, signOn: BroughtSignOn): void {
  if (signOn.type !== 'organisation') return
  const { details, country, address } = signOn
  const domain = domainOf(address?.typed ?? null, details.website)
  const item = { name: details.name, acronym: details.acronym, country, domain, at: planned.length }
  const [like] = names.similarTo(item)
  if (like) {
    const of = planned[like.item.at]?.row ?? null
    alike.set(item.at, { of, score: like.score, why: like.why })
  }
  names.add(item)
}

/** Of two that are as much alike, the one that is there already is told. */
async function compareWithKnown(ctx: Needs, { rules, names, alike }: Look): Promise<void> {
  const turn = openTurns()
  for await (const some of readNamed(ctx, rules.statement.id)) {
    for (const known of some) {
      await turn()
      for (const { item, score, why } of names.similarTo(known)) {
        const best = alike.get(item.at)
        const isBetter = best === undefined || score > best.score
        const isAsGood = best?.of !== null && score === best?.score
        if (isBetter || isAsGood) alike.set(item.at, { of: null, score, why })
      }
    }
  }
}

function markSimilar({ planned, alike }: Look): void {
  for (const [at, { of, why }] of alike) {
    const like = planned[at]
    if (like?.outcome !== 'new') continue
    const { signOn, ...rest } = like.brought
    const brought = { ...rest, signOn: doubted(signOn, 'similar-name') }
    planned[at] = { row: like.row, outcome: 'similar', of, why, brought }
  }
}

function doubted(signOn: BroughtSignOn, doubt: Flag): BroughtSignOn {
  return { ...signOn, flags: [...new Set([...signOn.flags, doubt])] }
}
