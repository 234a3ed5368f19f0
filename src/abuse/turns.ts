// Who wants something of which there are only a few waits for a turn, in the order of asking.

export class Turns {
  #free: number
  readonly #waiting: (() => void)[] = []

  /** @param places how many may have it at the same time */
  constructor(places: number) {
    this.#free = places
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Exactly once for each `take`. */
  give(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
