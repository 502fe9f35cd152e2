import { type Day, Fraction, isDay, Quarter } from '#kernel'
import { BadInput, quoted, type Step } from './bad-input.js'
import { JsonNumber, type JsonObject, type JsonValue } from './strict-json.js'

/** Turns a JSON value into a value of the rule. Throws `Refused`, to which the callers add where it was. */
export type Reader<T> = (value: JsonValue) => T

/** Long enough for any sum of money, short enough for arithmetic to stay quick. */
const MOST_DIGITS = 1000

/** A refusal on its way up; each level puts its step in front. */
class Refused {
  readonly steps: Step[] = []
  constructor(readonly problem: string) {}
}

/** Reads a whole document. @throws BadInput naming the path of the first thing wrong */
export function readInput<T>(reader: Reader<T>, document: JsonValue): T {
  try {
    return reader(document)
  } catch (error) {
    throw error instanceof Refused ? BadInput.at(error.steps.toReversed(), error.problem) : error
  }
}

/** What a reader makes. */
export type Read<R> = R extends Reader<infer T> ? T : never

/** An object with exactly these keys; only those of {@link optional} readers may be left out. */
export function object<T extends object>(shape: { [Key in keyof T]: Reader<T[Key]> }): Reader<T> {
  const keys = Object.keys(shape) as (keyof T & string)[]
  return (value) => {
    if (!isObject(value)) throw new Refused(`verwacht een object, gevonden ${described(value)}`)
    const read = {} as T
    let found = 0
    let absent = 0
    for (const key of keys) {
      const member = value[key]
      if (member === undefined) {
        if (!mayBeAbsent.has(shape[key])) continue
        read[key] = shape[key](null)
        absent++
        continue
      }
      found++
      read[key] = within(key, shape[key], member)
    }
    if (found + absent < keys.length || Object.keys(value).length > found) {
      const asked = keys.filter((key) => !mayBeAbsent.has(shape[key]))
      refuseKeys(value, keys, asked)
    }
    return read
  }
}

/** Names the first unknown key, else the first missing one: a misspelt key is both. */
function refuseKeys(value: JsonObject, keys: readonly string[], asked: readonly string[]): never {
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  const missing = asked.find((key) => value[key] === undefined)
  const refused = new Refused(
    unknown === undefined
      ? 'deze sleutel ontbreekt'
      : `onbekende sleutel; verwacht ${keys.join(', ')}${missing === undefined ? '' : ` (${missing} ontbreekt)`}`,
  )
  refused.steps.push(unknown ?? missing!)
  throw refused
}

/** A list of any length. */
export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Refused(`verwacht een lijst, gevonden ${described(value)}`)
    const read: T[] = new Array(value.length)
    for (let index = 0; index < value.length; index++) read[index] = within(index, item, value[index]!)
    return read
  }
}

function within<T>(step: Step, reader: Reader<T>, value: JsonValue): T {
  try {
    return reader(value)
  } catch (error) {
    if (error instanceof Refused) error.steps.push(step)
    throw error
  }
}

/** Any text, such as an id. */
export const text: Reader<string> = (value) => {
  if (typeof value === 'string') return value
  throw new Refused(`verwacht een tekst, gevonden ${described(value)}`)
}

/** A whole number of cents (or a weight) as text without leading zeros, sign or spaces: `"12069100"`. */
export const amount: Reader<bigint> = (value) => {
  if (typeof value !== 'string' || !/^(?:0|[1-9][0-9]*)$/.test(value)) {
    throw new Refused(`verwacht een geheel bedrag als tekst, zoals "12069100", gevonden ${described(value)}`)
  }
  return digits(value)
}

/** The same, with a minus sign where it goes down: `"-600000"`. */
export const signedAmount: Reader<bigint> = (value) => {
  if (typeof value !== 'string' || !/^(?:0|-?[1-9][0-9]*)$/.test(value)) {
    throw new Refused(`verwacht een geheel bedrag als tekst, zoals "-600000", gevonden ${described(value)}`)
  }
  return value.startsWith('-') ? -digits(value.slice(1)) : digits(value)
}

/** A day that exists, as text: `"2019-12-31"`. */
export const day: Reader<Day> = (value) => {
  if (isDay(value)) return value
  throw new Refused(`verwacht een dag die bestaat, zoals "2019-12-31", gevonden ${described(value)}`)
}

/** A calendar year, as a JSON number of at most four digits. */
export const year: Reader<number> = (value) => {
  const read = count(value)
  if (read >= 1 && read <= 9999) return read
  throw new Refused(`verwacht een jaar van 1 tot en met 9999, gevonden ${read}`)
}

/** A fraction as text, more than 0 and at most 1: `"2/3"`. */
export const fraction: Reader<Fraction> = (value) => {
  const match = typeof value === 'string' ? /^([1-9][0-9]*)\/([1-9][0-9]*)$/.exec(value) : null
  if (!match) throw new Refused(`verwacht een breuk als tekst, zoals "2/3", gevonden ${described(value)}`)
  const read = Fraction.of(digits(match[1]!), digits(match[2]!))
  if (!read.isShareOfWhole()) throw new Refused(`is meer dan 1: ${described(value)}`)
  return read
}

/** A fraction as text, 0 or more: `"10/100"`. */
export const ratio: Reader<Fraction> = (value) => {
  const match = typeof value === 'string' ? /^(0|[1-9][0-9]*)\/([1-9][0-9]*)$/.exec(value) : null
  if (!match) throw new Refused(`verwacht een breuk als tekst, zoals "10/100", gevonden ${described(value)}`)
  return Fraction.of(digits(match[1]!), digits(match[2]!))
}

/** A quarter as text: `"2019-Q2"`. */
export const quarter: Reader<Quarter> = (value) => {
  if (typeof value === 'string' && /^\d{4}-Q[1-4]$/.test(value)) return Quarter.parse(value)
  throw new Refused(`verwacht een kwartaal, zoals "2019-Q2", gevonden ${described(value)}`)
}

function digits(text: string): bigint {
  if (text.length > MOST_DIGITS) throw new Refused(`heeft meer dan ${MOST_DIGITS} cijfers`)
  return BigInt(text)
}

/** A number of votes: a whole JSON number from 0 to 2^53 - 1, written without fraction or exponent. */
export const count: Reader<number> = (value) => {
  const token = value instanceof JsonNumber ? value.token : ''
  if (!/^(?:0|[1-9][0-9]*)$/.test(token)) {
    throw new Refused(`verwacht een geheel getal vanaf 0, gevonden ${described(value)}`)
  }
  const read = Number(token)
  if (!Number.isSafeInteger(read)) throw new Refused(`is groter dan ${Number.MAX_SAFE_INTEGER}`)
  return read
}

export const flag: Reader<boolean> = (value) => {
  if (typeof value === 'boolean') return value
  throw new Refused(`verwacht true of false, gevonden ${described(value)}`)
}

/** One of these texts. */
export function oneOf<T extends string>(...choices: readonly T[]): Reader<T> {
  return (value) => {
    const choice = choices.find((known) => known === value)
    if (choice !== undefined) return choice
    throw new Refused(`verwacht ${choices.map(quoted).join(' of ')}, gevonden ${described(value)}`)
  }
}

/** The same, or `null`. The key itself stays required. */
export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : reader(value))
}

const mayBeAbsent = new WeakSet<object>()

/** The same, or `null`; and the key may be left out, which reads as `null`. */
export function optional<T>(reader: Reader<T>): Reader<T | null> {
  const either = nullable(reader)
  mayBeAbsent.add(either)
  return either
}

function isObject(value: JsonValue): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  )
}

function described(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `de tekst ${quoted(value)}`
  if (value instanceof JsonNumber) return `het getal ${value.token.slice(0, 40)}`
  return Array.isArray(value) ? 'een lijst' : 'een object'
}
