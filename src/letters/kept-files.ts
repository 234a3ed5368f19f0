// Files that were made, for who asks for the same next; within so many bytes, the oldest go first.

export class KeptFiles {
  readonly #files = new Map<string, Buffer>()
  #room: number

  constructor(bytes: number) {
    this.#room = bytes
  }

  get(key: string): Buffer | null {
    return this.#files.get(key) ?? null
  }

  keep(key: string, file: Buffer): void {
    this.#files.set(key, file)
    this.#room -= file.length
    for (const [oldest, { length }] of this.#files) {
      if (this.#room >= 0) return
      this.#files.delete(oldest)
      this.#room += length
    }
  }
}
