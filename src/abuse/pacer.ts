// Lets a number of mails go at once and spaces the following ones evenly: they wait, none is dropped
// (product.md S-8: limits slow down, they never lock out). The "generic cell rate algorithm".

export interface Pace {
  /** how many may go at once */
  burst: number
  perMinute: number
}

const sweepAbove = 50_000

export class Pacer {
  readonly #pace: Pace
  /** when everything that was taken so far will have been paid off */
  readonly #paidAt = new Map<string, number>()
  #sweptAt = 0
  #takenAt = 0

  constructor(pace: Pace) {
    this.#pace = pace
  }

  /**
   * Takes one; @returns the milliseconds that it has to wait.
   * @param machines among how many the pace is shared out: here each one counts for as many
   */
  take(key: string, now: number, machines = 1): number {
    // the clock was set back: what was taken by the wrong one must not make anybody wait for the right one
    if (now < this.#takenAt) this.#paidAt.clear()
    this.#takenAt = now
    this.#sweep(now)
    const spacing = 60_000 / this.#pace.perMinute
    const paidAt = Math.max(this.#paidAt.get(key) ?? 0, now) + spacing * machines
    this.#paidAt.set(key, paidAt)
    return Math.max(0, paidAt - now - this.#pace.burst * spacing)
  }

  #sweep(now: number): void {
    if (this.#paidAt.size < sweepAbove || Math.abs(now - this.#sweptAt) < 60_000) return
    this.#sweptAt = now
    for (const [key, paidAt] of this.#paidAt) if (paidAt <= now) this.#paidAt.delete(key)
  }
}
