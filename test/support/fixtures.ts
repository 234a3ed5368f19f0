// Where the tests find the input files that the product was specified with. The shared folder wins,
// so that a changed fixture is noticed at once; the copy keeps a lone clone testable.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..', '..')
const shared = join(repository, '..', 'shared', 'fixtures')
const copied = join(repository, 'test', 'fixtures')

/** Absolute path of a fixture, e.g. `fixture('names.json')` or `fixture('bounces/hard.eml')`. */
export function fixture(name: string): string {
  const inShared = join(shared, name)
  return existsSync(inShared) ? inShared : join(copied, name)
}
