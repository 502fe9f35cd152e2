/**
 * Writes a value as JSON in one fixed way, so that equal values give equal bytes and so equal hashes:
 * keys sorted by UTF-16 unit, no spaces, numbers as JavaScript writes them (RFC 8785); a `bigint` becomes a
 * string of digits, `toJSON` (dates, fractions, quarters) is honoured, properties that are `undefined` are
 * left out.
 * @throws TypeError on what has no such form: NaN, infinities, functions, symbols, `undefined` in a list,
 * maps, sets and other class instances, lone surrogates, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

function write(value: unknown, ancestors: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return writeText(value)
    case 'bigint':
      return `"${value}"`
    case 'boolean':
      return String(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`)
      return JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : writeObject(value, ancestors)
    default:
      throw new TypeError(`${typeof value} has no JSON form`)
  }
}

function writeObject(value: object, ancestors: readonly object[]): string {
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(), ancestors)
  if (ancestors.includes(value)) throw new TypeError('a cycle has no JSON form')
  const path = [...ancestors, value]
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, path)).join(',')}]`
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError(`an instance of ${value.constructor.name} has no JSON form`)
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${writeText(key)}:${write(member, path)}`)
  return `{${members.join(',')}}`
}

function writeText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('a lone surrogate has no JSON form')
  return JSON.stringify(text)
}
