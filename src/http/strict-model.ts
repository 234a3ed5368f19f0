// A model that throws when a view reads a property it does not have, so that a typo in a template
// fails a test instead of printing an empty string.

const strict = new WeakSet<object>()

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}

function read(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key)
  if (typeof key === 'symbol') return value
  if (value === undefined) throw new ReferenceError(`A view read the unknown property "${key}"`)
  return strictModel(value)
}

/** Wraps plain objects and arrays, deep; null is a value, a missing or undefined one throws. */
export function strictModel<T>(value: T): T {
  if (!isPlain(value) || strict.has(value)) return value
  const proxy = new Proxy(value, { get: read })
  strict.add(proxy)
  return proxy as T
}
