// A campaign in which endorsers do something at random, through the site's own pages, and which
// remembers what the numbers should be.
import assert from 'node:assert/strict'
import { confirmToken, signUp } from '../support/crowd.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { post } from '../support/signing.ts'
import type { TestSite } from '../support/site.ts'

type Answers = Record<string, string>
type State = 'pending' | 'confirmed' | 'held' | 'rejected' | 'gone'

export interface Actor {
  id: string
  answers: Answers
  state: State
  /** path of the private page, once confirmed; '' for who was brought in */
  own: string
}

type Act = () => Promise<string>

const countries = ['KE', 'AR', 'FR', 'UA', 'EG']

/** mulberry32: the same campaign for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export class Campaign {
  protected readonly site: TestSite
  protected readonly slug: string
  protected actors: Actor[] = []
  /** whether the public sees something of the last step */
  protected hasChanged = false
  readonly #roll: () => number

  constructor(site: TestSite, slug: string, seed: number) {
    this.site = site
    this.slug = slug
    this.#roll = dice(seed)
  }

  /** So many sign and confirm. */
  async gather(howMany: number): Promise<void> {
    for (let n = 0; n < howMany; n += 1) {
      await this.#sign()
      for (const actor of this.actorsIn('pending')) await this.#confirm(actor)
    }
  }

  /** One endorser does one thing; returns what it was. */
  async step(): Promise<string> {
    this.hasChanged = false
    return this.pick(this.choices())()
  }

  /** What can happen next, the likelier more than once. */
  protected choices(): Act[] {
    const reached = this.actorsIn('confirmed').filter(({ own }) => own !== '')
    const canBeCorrected = reached.filter(({ answers }) => answers['visibility'] !== 'confidential')
    return [
      ...this.signing(),
      ...this.forOne(this.actorsIn('pending'), (actor) => this.#confirm(actor), 3),
      ...this.forOne(canBeCorrected, (actor) => this.#correct(actor), 3),
      ...this.forOne(reached, (actor) => this.#leave(actor, 'withdraw'), 1),
      ...this.forOne(reached, (actor) => this.#leave(actor, 'erase'), 1),
    ]
  }

  protected signing(): Act[] {
    return [() => this.#sign()]
  }

  /** What count.json should say now. */
  expected(now: Date, asOfBefore: string) {
    const counted = this.actorsIn('confirmed')
    const of = (field: string, value: string) =>
      counted.filter(({ answers }) => answers[field] === value).length
    const places = new Set(counted.map(({ answers }) => answers['country']))
    return {
      organisations: of('type', 'organisation'),
      individuals: of('type', 'individual'),
      total: counted.length,
      countries: countries.filter((code) => places.has(code)).length,
      withheld: counted.length - of('visibility', 'listed'),
      asOf: this.hasChanged ? now.toISOString() : asOfBefore,
    }
  }

  /** What somebody new fills in. */
  protected answers(): Answers {
    const isOrganisation = this.#roll() < 0.5
    const special = isOrganisation ? 'regional' : 'undisclosed'
    return (isOrganisation ? someOrganisation : somebody)({
      country: this.pick([...countries, special]),
      visibility: this.pick(this.visibilities()),
    })
  }

  protected visibilities(): string[] {
    return ['listed', 'listed', 'withheld']
  }

  async #sign(): Promise<string> {
    const answers = this.answers()
    const { id } = await signUp(this.site, this.slug, answers)
    this.actors.push({ id, answers, state: 'pending', own: '' })
    return `${answers['name']} signs`
  }

  async #confirm(actor: Actor): Promise<string> {
    const token = await confirmToken(this.site.ctx, actor.id)
    const confirmed = await post(this.site, `/confirm/${token}`, { decision: 'confirm' })
    assert.equal(confirmed.status, 303)
    const location = new URL(confirmed.headers.get('location') ?? '', this.site.address)
    actor.own = location.pathname
    this.confirmed(actor)
    return `${actor.answers['name']} (${actor.answers['visibility']}) confirms`
  }

  protected confirmed(actor: Actor): void {
    actor.state = 'confirmed'
    this.hasChanged = true
  }

  async #correct(actor: Actor): Promise<string> {
    const { name = '' } = actor.answers
    const isListed = actor.answers['visibility'] === 'listed'
    const change = this.pick<Answers>([
      { country: this.pick(countries) },
      { visibility: isListed ? 'withheld' : 'listed' },
      { name: `${name} renamed` },
      { name: `${name} renamed`, country: 'FR', visibility: 'listed' },
      {},
    ])
    const answers = { ...actor.answers, ...change }
    const saved = await post(this.site, actor.own, { ...answers, decision: 'save' })
    assert.equal(saved.status, 303)
    this.hasChanged = shown(answers) !== shown(actor.answers)
    actor.answers = answers
    return `${name} corrects ${JSON.stringify(change)}`
  }

  async #leave(actor: Actor, decision: 'withdraw' | 'erase'): Promise<string> {
    const left = await post(this.site, actor.own, { decision })
    assert.equal(left.status, 200)
    actor.state = 'gone'
    this.hasChanged = true
    return `${actor.answers['name']}: ${decision}`
  }

  protected actorsIn(...states: State[]): Actor[] {
    return this.actors.filter(({ state }) => states.includes(state))
  }

  protected forOne(actors: Actor[], act: (actor: Actor) => Promise<string>, weight: number): Act[] {
    if (actors.length === 0) return []
    return Array.from({ length: weight }, () => () => act(this.pick(actors)))
  }

  protected pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#roll() * list.length)] as T
  }
}

/** What the public sees of an entry. */
function shown({ visibility = '', country = '', name = '' }: Answers): string {
  return [visibility, country, visibility === 'listed' ? name : ''].join('\n')
}
