// The organisations that were invited before, across the statements somebody works on, to invite them
// again. Nothing is stored for it: it reads the invitations that are still kept, which coordinators
// wrote themselves. What endorsers typed is not here: it is for one statement only (their consent).
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Coordinator } from '../coordinators/coordinator.ts'
import { teamRolesOf } from '../coordinators/teams.ts'
import { scrub } from '../db/scrub.ts'
import type { Fields } from '../http/fields.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { foldForSearch } from '../text/fold.ts'
import { type Invited, invitationHashOf, refusalHashOf } from './invitation.ts'
import { invite, type InvitedCounts } from './invite.ts'
import { deleteByHashes, listInvitations, listRefusals } from './invitation-store.ts'

export interface DirectoryEntry {
  /** of the latest invitation */
  id: string
  invited: Invited
  address: EmailAddress
  language: string
  /** how many of the invitations that are kept were accepted, in a way that coordinators can read */
  endorsed: number
}

type Needs = Pick<Context, 'db' | 'vault'>
type Person = Pick<Coordinator, 'id' | 'role'>

/** The statements that somebody works on; of an admin, all. */
export async function statementsOf({ db }: Needs, { id, role }: Person): Promise<Statement[]> {
  const all = await listAllStatements(db)
  if (role === 'admin') return all
  const teams = await teamRolesOf({ db }, id)
  return all.filter((statement) => teams.get(statement.id) === 'coordinator')
}

/** One for each mailbox, not those that do not want to be invited. */
export async function entriesFor(ctx: Needs, person: Person): Promise<DirectoryEntry[]> {
  const own = await statementsOf(ctx, person)
  const all = await listInvitations(
    ctx.db,
    ctx.vault,
    own.map(({ id }) => id),
  )
  const entries = new Map<string, DirectoryEntry>()
  for (const { id, invited, language, state, endorsement } of all) {
    const address = parseEmailAddress(invited.email)
    if (!address.ok) continue
    const hash = refusalHashOf(ctx.vault, address.value.canonical)
    const entry = entries.get(hash) ?? {
      id,
      invited,
      address: address.value,
      language,
      endorsed: 0,
    }
    const hasEndorsed = state === 'endorsed' && endorsement !== 'withdrawn'
    entries.set(hash, { ...entry, endorsed: entry.endorsed + (hasEndorsed ? 1 : 0) })
  }
  for (const refused of await listRefusals(ctx.db, [...entries.keys()])) entries.delete(refused)
  return [...entries.values()]
}

/** By name, contact person or address, whatever the accents and the case. */
export function searched(entries: DirectoryEntry[], q: string, language: string): DirectoryEntry[] {
  const wanted = foldForSearch(q)
  const { compare } = new Intl.Collator(language, { numeric: true })
  return entries
    .filter(({ invited: { name, contactName, email } }) =>
      foldForSearch(`${name} ${contactName ?? ''} ${email}`).includes(wanted),
    )
    .toSorted((a, b) => compare(a.invited.name, b.invited.name))
}

const prefix = 'again_'
/** The name of the box to tick. */
export const againField = (id: string): string => `${prefix}${id}`

/** Null when the form is not about inviting again. */
export function chosenAgain(typed: Fields): string[] | null {
  if (typed['again'] === undefined) return null
  return Object.keys(typed)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
}

export async function inviteAgain(
  ctx: Context,
  statement: Pick<Statement, 'id' | 'slug'>,
  entries: readonly DirectoryEntry[],
  actor: string,
): Promise<InvitedCounts> {
  const invitees = entries.map(({ invited, address, language }) => ({
    ...invited,
    address,
    language,
  }))
  return invite(ctx, statement, invitees, actor)
}

/** Deletes the contact data in all invitations of this mailbox that the person can see. */
export async function removeEntry(ctx: Context, person: Person, id: string): Promise<void> {
  const entry = (await entriesFor(ctx, person)).find((each) => each.id === id)
  if (!entry) return
  const own = await statementsOf(ctx, person)
  const { canonical } = entry.address
  const hashes = own.map((statement) => invitationHashOf(ctx.vault, statement.id, canonical))
  await ctx.db.transaction().execute(async (tx) => {
    await deleteByHashes(tx, hashes)
    await record(tx, ctx, { actor: person.id, action: 'invitation removed', subject: 'site' })
  })
  await scrub(ctx.db, ctx.config.database.kind)
}
