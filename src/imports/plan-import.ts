// What an import would do, row by row: the dry run, and the list that is then brought in.
import { isProtectedName } from '../abuse/protected.ts'
import { listProtectedNames } from '../abuse/protect-names.ts'
import type { Context } from '../context.ts'
import { hashesOf } from '../endorsements/bring-in.ts'
import { listKnown } from '../endorsements/brought.ts'
import { domainOf } from '../endorsements/domain.ts'
import type { BroughtSignOn } from '../endorsements/endorsement-form.ts'
import type { Statement } from '../statements/stored-statement.ts'
import {
  type Likeness,
  type Named,
  openSimilarNames,
  type SimilarNames,
} from '../text/similar-names.ts'
import { listHashes } from './import-store.ts'
import type { Pause } from './pause.ts'
import { readRow, type RowFault, type RowRules, type RowValues } from './read-row.ts'
import { isBlank, type Sheet, type SheetRow } from './sheet.ts'

interface Told {
  row: number
  values: RowValues
}
export type PlannedRow = Told &
  (
    | { outcome: 'invalid'; faults: RowFault[] }
    /** `of`: the row in the sheet; null: it is on the statement, or was brought before */
    | { outcome: 'duplicate'; of: number | null }
    | { outcome: 'similar'; of: number | null; why: Likeness[]; brought: Read }
    | { outcome: 'new'; brought: Read }
  )
interface Read {
  signOn: BroughtSignOn
  language: string
}

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

type Item = Named & { row: number | null }

/** Reads only. Similar ones are brought as well, but wait for a coordinator before they count. */
export async function planImport(
  ctx: Pick<Context, 'db' | 'vault' | 'clock'>,
  sheet: Sheet,
  rules: RowRules,
  pause: Pause,
): Promise<Plan> {
  const look = await openLook(ctx, rules.statement)
  const planned: PlannedRow[] = []
  let blank = 0
  for (const [index, row] of sheet.rows.entries()) {
    await pause(index)
    if (isBlank(row)) blank += 1
    else planned.push(plan(look, row, rules))
  }
  const count = (outcome: PlannedRow['outcome']) =>
    planned.filter((each) => each.outcome === outcome).length
  const numbers = {
    rows: sheet.rows.length,
    blank,
    new: count('new'),
    duplicate: count('duplicate'),
    similar: count('similar'),
    invalid: count('invalid'),
  }
  return { planned, numbers }
}

interface Look {
  hashesOf: (signOn: BroughtSignOn) => { address: string; capacity: string }
  suppressed: Set<string>
  /** by mailbox and capacity: the row that had it first, null for what is there or was brought */
  seen: Map<string, number | null>
  names: SimilarNames<Item>
  protectedNames: string[]
}

async function openLook(
  ctx: Pick<Context, 'db' | 'vault' | 'clock'>,
  statement: Statement,
): Promise<Look> {
  const known = await listKnown(ctx, statement.id)
  const brought = await listHashes(ctx.db, statement.id)
  const ofSite = (await listProtectedNames(ctx, null)) ?? []
  return {
    hashesOf: (signOn) => hashesOf(ctx, statement.id, signOn),
    suppressed: known.suppressed,
    seen: new Map([...known.capacities, ...brought].map((hash) => [hash, null])),
    names: openSimilarNames<Item>(known.organisations.map((each) => ({ ...each, row: null }))),
    protectedNames: [...ofSite, ...statement.protectedNames],
  }
}

function plan(look: Look, row: SheetRow, rules: RowRules): PlannedRow {
  const read = readRow(row, rules)
  const told = { row: row.number, values: read.values }
  if (!read.ok) return { ...told, outcome: 'invalid', faults: read.faults }
  const { signOn } = read.value
  const { address, capacity: hash } = look.hashesOf(signOn)
  // without a coordinator's word the mail is what is not sent, and nobody learns why (P-10)
  if (rules.isConfirmed && look.suppressed.has(address)) {
    return { ...told, outcome: 'invalid', faults: [{ field: 'email', reason: 'refused' }] }
  }
  const twin = look.seen.get(hash)
  if (twin !== undefined) return { ...told, outcome: 'duplicate', of: twin }
  look.seen.set(hash, row.number)
  const impersonates = isProtectedName(signOn.details, look.protectedNames)
  const like = likeOf(look, signOn, row.number)
  const flags = new Set(signOn.flags)
  if (impersonates) flags.add('protected-name')
  if (like) flags.add('similar-name')
  const brought = { ...read.value, signOn: { ...signOn, flags: [...flags] } }
  if (!like) return { ...told, outcome: 'new', brought }
  return { ...told, outcome: 'similar', of: like.item.row, why: like.why, brought }
}

/** Only organisations: many people have the same name. */
function likeOf({ names }: Look, signOn: BroughtSignOn, row: number) {
  if (signOn.type !== 'organisation') return null
  const { details, country, address } = signOn
  const domain = domainOf(address?.typed ?? null, details.website)
  const item = { name: details.name, acronym: details.acronym, country, domain, row }
  const like = names.similarTo(item)[0] ?? null
  names.add(item)
  return like
}
