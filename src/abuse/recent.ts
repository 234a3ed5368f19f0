// A memory that forgets: what was noted is known for one to two spans of time, then gone. Bounded, so
// that an attacker who invents keys fills no memory: when it is full, it forgets earlier.

const mostKeys = 20_000

export class Recent<V> {
  readonly #spanMs: number
  #begun = -Infinity
  #current = new Map<string, V>()
  #previous = new Map<string, V>()

  constructor(spanMs: number) {
    this.#spanMs = spanMs
  }

  /** What is known of a key from this span and from the one before. */
  of(key: string, now: number): { current: V | undefined; previous: V | undefined } {
    this.#turn(now)
    return { current: this.#current.get(key), previous: this.#previous.get(key) }
  }

  note(key: string, value: V, now: number): void {
    this.#turn(now)
    this.#current.set(key, value)
  }

  #turn(now: number): void {
    const age = now - this.#begun
    // younger than nothing: the clock was set back
    if (age >= 0 && age < this.#spanMs && this.#current.size < mostKeys) return
    this.#previous = age < 0 || age >= 2 * this.#spanMs ? new Map() : this.#current
    this.#current = new Map()
    this.#begun = now
  }
}

/** How many different members a key had lately; counts no further than `most`. */
export class Distinct {
  readonly #recent: Recent<Set<string>>
  readonly #most: number

  constructor(spanMs: number, most: number) {
    this.#recent = new Recent(spanMs)
    this.#most = most
  }

  add(key: string, member: string, now: number): number {
    const { current, previous } = this.#recent.of(key, now)
    const members = current ?? new Set<string>()
    if (!current) this.#recent.note(key, members, now)
    if (members.size < this.#most && previous?.has(member) !== true) members.add(member)
    return members.size + (previous?.size ?? 0)
  }
}
