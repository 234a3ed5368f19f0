// Queries that are asked with every sign-on and confirmation are built and compiled once, and then asked
// with other values: building one with Kysely takes longer than SQLite takes to answer it.
import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import { isSqlite } from './is-sqlite.ts'
import type { Db } from './schema.ts'

/** Stands in a compiled query for the value that comes in its turn. */
class Place {
  readonly turn: number
  constructor(turn: number) {
    this.turn = turn
  }
}

/** a few of each; lists may be of many lengths */
const mostKnown = 50

/**
 * SQLite plans a join anew whenever it is asked with other values, which takes longer than the answer: here
 * a subquery is quicker.
 * @param build is given places instead of values: it can put them into the query, but not look at them.
 * It is asked again for values under other names, or for longer and shorter lists of them.
 */
export function compileOnce<V extends unknown[], R>(
  build: (db: Db, ...values: V) => Compilable<R>,
): (db: Db, ...values: V) => Promise<QueryResult<R>> {
  const known = new Map<string, CompiledQuery<R>>()
  return (db, ...values) => {
    const { shape, flat } = flattened(values)
    const key = isSqlite(db) ? shape : `PostgreSQL ${shape}`
    let query = known.get(key)
    if (query === undefined) {
      if (known.size >= mostKnown) known.clear()
      query = build(db, ...(placesIn(values, { turn: 0 }) as V)).compile()
      known.set(key, query)
    }
    const parameters = query.parameters.map((each) =>
      each instanceof Place ? flat[each.turn] : each,
    )
    return db.executeQuery({ ...query, parameters })
  }
}

function flattened(values: object): { shape: string; flat: unknown[] } {
  const flat: unknown[] = []
  let shape = ''
  for (const [name, value] of Object.entries(values)) {
    shape += `${name},`
    if (!isObject(value)) flat.push(value)
    else {
      const inner = flattened(value)
      shape += `{${inner.shape}}`
      flat.push(...inner.flat)
    }
  }
  return { shape, flat }
}

/** In the same order. */
function placesIn(values: object, next: { turn: number }): object {
  const places = Object.entries(values).map(([name, value]) => [
    name,
    isObject(value) ? placesIn(value, next) : new Place(next.turn++),
  ])
  return Array.isArray(values)
    ? places.map(([, place]) => place)
    : (Object.fromEntries(places) as object)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
