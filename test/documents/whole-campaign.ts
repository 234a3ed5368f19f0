// A random campaign in which coordinators act, too, and which goes on after closing: what was signed in
// time is confirmed in the grace period and later, and who is late is accepted.
import assert from 'node:assert/strict'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { guessMapping } from '../../src/imports/columns.ts'
import { importSignOns } from '../../src/imports/import-sign-ons.ts'
import { openPause } from '../../src/imports/pause.ts'
import { planImport } from '../../src/imports/plan-import.ts'
import { readSheet } from '../../src/imports/read-sheet.ts'
import { decideAll, undo } from '../../src/review/decide.ts'
import type { Decision } from '../../src/review/decision.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { type Actor, Campaign } from '../signatories/campaign.ts'
import { addPerson } from '../support/desk.ts'
import type { TestSite } from '../support/site.ts'

type Phase = 'open' | 'grace' | 'late'

const becomes = { approved: 'confirmed', held: 'held', rejected: 'rejected' } as const
const verdict = { reason: 'other', note: '', tell: false, answer: '' } as const
/** Names that are not alike, which a coordinator would have to look at. */
const places = ['Harbour', 'Lantern', 'Quarry', 'Willow', 'Estuary', 'Observatory', 'Junction']
const pause = openPause(null)

export class WholeCampaign extends Campaign {
  #phase: Phase = 'open'
  /** the panic switch is pressed once, when there are names to hide */
  #isHidden = false
  #coordinator = { id: '' }
  /** of organisations for which nobody chose another one */
  #defaultVisibility = 'listed'
  /** the last decision, while nothing else has changed the entry */
  #last: { actor: Actor; before: Actor['state'] } | null = null

  static async open(site: TestSite, slug: string, seed: number): Promise<WholeCampaign> {
    const campaign = new WholeCampaign(site, slug, seed)
    campaign.#coordinator = await addPerson(site, 'coordinator')
    return campaign
  }

  protected override choices() {
    const confirmed = this.actorsIn('confirmed')
    return [
      ...super.choices(),
      () => this.#import(),
      ...(this.#isHidden || this.#phase === 'open' ? [] : [() => this.#hideNames()]),
      ...this.forOne(confirmed, (actor) => this.#decide(actor, 'held'), 1),
      ...this.forOne(
        this.actorsIn('held', 'confirmed'),
        (actor) => this.#decide(actor, 'rejected'),
        1,
      ),
      ...this.forOne(
        this.actorsIn('held', 'rejected'),
        (actor) => this.#decide(actor, 'approved'),
        4,
      ),
      ...(this.#last === null ? [] : [() => this.#undo()]),
    ]
  }

  protected override signing() {
    return this.#phase === 'open' ? super.signing() : []
  }

  protected override visibilities() {
    return ['listed', 'listed', 'withheld', 'confidential']
  }

  protected override confirmed(actor: Actor): void {
    if (this.#phase !== 'late') return super.confirmed(actor)
    actor.state = 'held'
  }

  /** Names that the public sees. */
  names(): string[] {
    return this.actorsIn('confirmed')
      .filter(({ answers }) => answers['visibility'] === 'listed')
      .map(({ answers }) => answers['name'] ?? '')
      .sort()
  }

  async close(): Promise<string> {
    this.hasChanged = false
    assert.equal(await closeStatement(this.site.ctx, this.slug), 'closed')
    this.#phase = 'grace'
    return 'signing closes'
  }

  async endGrace(): Promise<string> {
    this.hasChanged = false
    this.site.clock.advance({ hours: 25 })
    this.#phase = 'late'
    return Promise.resolve('the grace period ends')
  }

  /** @returns its number */
  async makeEdition(): Promise<number> {
    const how = { reason: 'on-demand', actor: 'test' } as const
    const edition = await makeEdition(this.site.ctx, (await this.#statement()).id, how)
    assert.ok(edition)
    return edition.number
  }

  async #decide(actor: Actor, decision: Decision & keyof typeof becomes): Promise<string> {
    const revision = await this.#revisionOf(actor)
    const picked = [{ id: actor.id, revision, reports: null }]
    const done = await decideAll(this.site.ctx, await this.#by(), picked, { decision, ...verdict })
    assert.equal(done.done, 1)
    this.#last = { actor, before: actor.state }
    this.#move(actor, becomes[decision])
    return `${actor.answers['name']} is ${decision}`
  }

  async #undo(): Promise<string> {
    const last = this.#last
    assert.ok(last)
    this.#last = null
    const review = await this.site.ctx.db
      .selectFrom('reviews')
      .selectAll()
      .where('endorsement_id', '=', last.actor.id)
      .orderBy('at', 'desc')
      .executeTakeFirst()
    const isLatest = review?.after_revision === (await this.#revisionOf(last.actor))
    const undone = await undo(this.site.ctx, await this.#by(), review?.id ?? '')
    assert.equal(undone, isLatest ? 'undone' : 'changed')
    if (isLatest) this.#move(last.actor, last.before)
    return `the decision on ${last.actor.answers['name']} is ${undone}`
  }

  #move(actor: Actor, state: Actor['state']): void {
    this.hasChanged = (actor.state === 'confirmed') !== (state === 'confirmed')
    actor.state = state
  }

  /** An organisation that a coordinator brings in, with evidence. */
  async #import(): Promise<string> {
    const { ctx } = this.site
    const name = `${places[this.actors.length % places.length]} Collective ${this.actors.length}`
    const country = this.pick(['KE', 'AR', 'FR'])
    const answers = { type: 'organisation', name, country, visibility: this.#defaultVisibility }
    const statement = await this.#statement()
    const file = `name,country,email\n${name},${answers.country},office@collective-${this.actors.length}.example\n`
    const read = await readSheet(Buffer.from(file))
    assert.ok(read.ok)
    const { sheet, hash } = read
    const mapping = guessMapping(sheet.headings, ['organisation'])
    const rules = { statement, mapping, isConfirmed: true, language: 'en' }
    const plan = await planImport(ctx, sheet, rules, pause)
    assert.equal(plan.numbers.new, 1, JSON.stringify(plan))
    const from = { evidence: 'letters', source: 'file', actor: this.#coordinator.id } as const
    await importSignOns(ctx, { statement, plan, hash, ...from }, pause)
    const known = this.actors.map(({ id }) => id)
    const added = ctx.db
      .selectFrom('endorsements')
      .select('id')
      .where('id', 'not in', ['', ...known])
    const { id } = await added.executeTakeFirstOrThrow()
    const actor: Actor = { id, answers, state: 'pending', own: '' }
    this.actors.push(actor)
    this.confirmed(actor)
    return `${name} is brought in`
  }

  async #hideNames(): Promise<string> {
    const whose = this.pick(['individuals', 'individuals', 'everyone'] as const)
    this.#isHidden = true
    if (whose === 'everyone') this.#defaultVisibility = 'withheld'
    await hideNames(this.site.ctx, this.slug, whose, 'test')
    const listed = this.actors.filter(
      ({ answers }) =>
        answers['visibility'] === 'listed' &&
        (whose === 'everyone' || answers['type'] === 'individual'),
    )
    for (const actor of listed) actor.answers = { ...actor.answers, visibility: 'withheld' }
    this.hasChanged = listed.some(({ state }) => state === 'confirmed')
    return `the names of ${whose} are hidden`
  }

  async #statement() {
    const statement = await findStatement(this.site.ctx.db, this.slug)
    assert.ok(statement)
    return statement
  }

  async #by() {
    return { statement: await this.#statement(), coordinator: this.#coordinator }
  }

  async #revisionOf({ id }: Actor): Promise<number> {
    const query = this.site.ctx.db
      .selectFrom('endorsements')
      .select('revision')
      .where('id', '=', id)
    return (await query.executeTakeFirstOrThrow()).revision
  }
}
