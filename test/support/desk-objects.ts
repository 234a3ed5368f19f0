// One of everything that a statement has at the desk, made as an admin makes it.
import assert from 'node:assert/strict'
import { recordDelivery } from '../../src/deliveries/record-delivery.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { signUpAndConfirm } from './crowd.ts'
import { type DeskPerson, postAs } from './desk.ts'
import { someOrganisation } from './people.ts'
import type { TestSite } from './site.ts'

export interface DeskObjects {
  statementId: string
  /** what stands in addresses behind the statement, by the parameter's name */
  params: Record<string, string>
  /** what forms name in their fields */
  ids: Record<
    'invitation' | 'preview' | 'press' | 'quote' | 'review' | 'delivery' | 'held' | 'pending',
    string
  >
}

export async function oneOfEverything(
  site: TestSite,
  slug: string,
  admin: DeskPerson,
): Promise<DeskObjects> {
  const { db } = site.ctx
  const statement = await findStatement(db, slug)
  assert.ok(statement)
  const at = `/desk/statements/${slug}`
  const send = (path: string, fields: Record<string, string>) =>
    postAs(site, admin, `${at}/${path}`, fields)
  const made = async (path: string, fields: Record<string, string>) => {
    const response = await send(path, fields)
    assert.equal(response.status, 303, `${path}: ${response.status}`)
    return (response.headers.get('location') ?? '').split(/[/?]/).at(-1) ?? ''
  }
  const idIn = async (
    table:
      | 'imports'
      | 'invitations'
      | 'preview_links'
      | 'press_links'
      | 'press_quotes'
      | 'reviews'
      | 'updates',
  ) => {
    const rows = db.selectFrom(table).select('id').where('statement_id', '=', statement.id)
    return (await rows.executeTakeFirstOrThrow()).id
  }

  const who = { type: 'organisation', country: 'KE', contact_name: 'Ada', visibility: 'listed' }
  const brought = { ...who, name: `Brought to ${slug}`, email: `brought@${slug}.example` }
  await made(`imports/${await made('imports/by-hand', brought)}/bring`, { how: 'mail' })
  const waits = { ...who, name: `Waits for ${slug}`, email: `waits@${slug}.example` }
  const draft = await made('imports/by-hand', waits)
  await made('updates', {})
  const criteria = { domain: `${slug}.example`, reason: 'Made by a machine' }
  const invalidation = await made('invalidations', criteria)
  const invited = { name: `Invited to ${slug}`, email: `invited@${slug}.example`, language: 'en' }
  await made('invitations', invited)
  await made('preview', {})
  await made('press', { do: 'link' })
  const said = { words: 'Words', quote_name: 'Ada', evidence: 'By mail', consent: 'yes' }
  await made('press', { do: 'quote', ...said })
  const held = await holdSomebody(site, slug, statement.id)
  const verdict = { decision: 'held', reason: 'other', note: 'We asked.' }
  await made('review', { ...verdict, [`pick-${held.id}`]: String(held.revision) })
  return {
    statementId: statement.id,
    params: {
      id: await idIn('imports'),
      draft,
      language: 'fr',
      invalidation,
      update: await idIn('updates'),
    },
    ids: {
      invitation: await idIn('invitations'),
      preview: await idIn('preview_links'),
      press: await idIn('press_links'),
      quote: await idIn('press_quotes'),
      review: await idIn('reviews'),
      delivery: await deliver(site, slug),
      held: held.id,
      pending: (await stateOf(site, statement.id, 'pending')).id,
    },
  }
}

const stateOf = (site: TestSite, statementId: string, state: 'held' | 'pending') =>
  site.ctx.db
    .selectFrom('endorsements')
    .select(['id', 'revision'])
    .where('statement_id', '=', statementId)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()

async function holdSomebody(site: TestSite, slug: string, statementId: string) {
  const email = `someone-at-${slug}@gmail.com`
  const pretender = someOrganisation({ name: 'World Health Organization', email })
  await signUpAndConfirm(site, slug, pretender)
  return stateOf(site, statementId, 'held')
}

/** Afterwards nobody can sign any more. */
async function deliver(site: TestSite, slug: string): Promise<string> {
  await closeStatement(site.ctx, slug)
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  const told = { who: 'Committee', how: 'by hand', note: '', link: '', language: 'en' }
  const delivery = { ...told, kind: 'delivered', happenedOn: '2026-11' } as const
  assert.equal(await recordDelivery(site.ctx, statement, delivery, 'test'), 'recorded')
  const { id } = await site.ctx.db
    .selectFrom('deliveries')
    .select('id')
    .where('statement_id', '=', statement.id)
    .executeTakeFirstOrThrow()
  return id
}
