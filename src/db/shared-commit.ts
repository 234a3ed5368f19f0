// Many transactions share one commit (docs/adr/0014): those of one turn of the event loop run one after
// the other, each can fail alone, and all are answered when all of them are on the disk.

/** What SQLite is told through the one connection that writes. */
export interface Writer {
  run(command: string): void
  /** SQLite itself undoes everything when, for example, the disk is full */
  isInTransaction(): boolean
}

interface Group {
  stored: PromiseWithResolvers<void>
  finished: number
  /** this turn is over: nobody else joins */
  isDue: boolean
}

export class SharedCommit {
  readonly #writer: Writer
  readonly #waiting: (() => void)[] = []
  #isTaken = false
  #group: Group | null = null

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** Waits until nobody else writes, and begins. Ends with commit() or rollback(). */
  async begin(): Promise<void> {
    await this.#take()
    try {
      // the first needs no savepoint: it can undo the whole
      if (this.#group !== null) return this.#writer.run('savepoint member')
      this.#writer.run('begin immediate')
      this.#group = newGroup()
    } catch (fault) {
      this.#give()
      throw fault
    }
  }

  /** Nobody goes on with a transaction of which nothing is left. */
  check(): Group {
    if (this.#group === null) throw new Error('The whole transaction was undone')
    return this.#group
  }

  /** Throws when it must be rolled back; otherwise the next one's turn has come. */
  commit(): Promise<void> {
    const group = this.check()
    if (group.finished > 0) this.#writer.run('release member')
    group.finished += 1
    if (group.finished === 1) setImmediate(() => this.#endTurn(group))
    this.#give()
    // when everything is on the disk
    return group.stored.promise
  }

  rollback(): void {
    try {
      if (this.#group !== null) this.#undoLast(this.#group)
    } finally {
      this.#give()
    }
  }

  #undoLast(group: Group): void {
    if (group.finished > 0) {
      this.#writer.run('rollback to member')
      return this.#writer.run('release member')
    }
    this.#group = null
    this.#writer.run('rollback')
  }

  /** To be told of every fault: one that undoes everything is everybody's. */
  noteFault(fault: unknown): void {
    if (this.#group === null || this.#writer.isInTransaction()) return
    this.#group.stored.reject(fault)
    this.#group = null
  }

  /** Waits until nobody writes and no transaction is open; until release(). */
  async reserve(): Promise<void> {
    await this.#take()
    this.#store()
  }

  release(): void {
    this.#give()
  }

  /** What is finished is stored; to be called when nobody writes any more. */
  close(): void {
    this.#store()
  }

  #endTurn(group: Group): void {
    group.isDue = true
    if (this.#group === group && !this.#isTaken) this.#store()
  }

  #store(): void {
    const group = this.#group
    if (group === null) return
    this.#group = null
    try {
      this.#writer.run('commit')
      group.stored.resolve()
    } catch (fault) {
      if (this.#writer.isInTransaction()) this.#writer.run('rollback')
      group.stored.reject(fault)
    }
  }

  async #take(): Promise<void> {
    if (!this.#isTaken) this.#isTaken = true
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #give(): void {
    if (this.#group?.isDue) this.#store()
    const next = this.#waiting.shift()
    if (next) next()
    else this.#isTaken = false
  }
}

function newGroup(): Group {
  const stored = Promise.withResolvers<void>()
  // who waits for it is told; perhaps nobody does
  stored.promise.catch(() => undefined)
  return { stored, finished: 0, isDue: false }
}
