// Lets so many jobs run at once; the others wait in line, and when the line is long, they go.

export class Turns {
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #atOnce: number
  readonly #mostWaiting: number

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** null: the line is too long */
  async take<T>(job: () => Promise<T>): Promise<T | null> {
    if (this.#running < this.#atOnce) this.#running += 1
    else if (this.#waiting.length >= this.#mostWaiting) return null
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    try {
      return await job()
    } finally {
      this.#passOn()
    }
  }

  /** Whoever waits takes the place over, so that nobody slips in between. */
  #passOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
