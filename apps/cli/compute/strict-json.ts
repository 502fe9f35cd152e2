import { BadInput, quoted, type Step } from './bad-input.js'

/** A number as it was written, so that a reader can tell `6` from `6.0` and lose no digit of a long one. */
export class JsonNumber {
  constructor(readonly token: string) {}
}

export type JsonObject = { [key: string]: JsonValue }
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject

/** No rule nests deeper than four; the limit keeps hostile input from exhausting the stack. */
const DEEPEST = 64

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * Reads JSON (RFC 8259) and refuses what `JSON.parse` lets pass in silence: a key that occurs twice in one
 * object, and text with half a surrogate pair. Numbers stay as written. A million small objects take about a
 * second.
 * @throws BadInput naming the line and column, or the path of a repeated key
 */
export function parseStrictJson(text: string): JsonValue {
  return new StrictJsonReader(text).read()
}

class StrictJsonReader {
  private at = 0
  /** Where the reader is, for messages. Steps beyond `depth` are left from earlier values. */
  private readonly steps: Step[] = []
  private depth = 0

  constructor(private readonly text: string) {}

  read(): JsonValue {
    if (this.text.charCodeAt(0) === 0xfeff)
      throw new BadInput('input', 'begint met een byte order mark (BOM)')
    if (this.next() === undefined) throw new BadInput('input', 'is leeg; verwacht een JSON-object')
    const value = this.value()
    if (this.next() !== undefined) throw this.unexpected('het einde')
    return value
  }

  private value(): JsonValue {
    switch (this.next()) {
      case '{':
        return this.object()
      case '[':
        return this.array()
      case '"':
        return this.string()
      case 't':
        return this.word('true', true)
      case 'f':
        return this.word('false', false)
      case 'n':
        return this.word('null', null)
      default:
        return this.number()
    }
  }

  private object(): JsonObject {
    const object: JsonObject = {}
    const level = this.enter()
    if (this.next() === '}') return this.leave(object)
    while (true) {
      if (this.next() !== '"') throw this.unexpected('een sleutel tussen aanhalingstekens')
      const key = this.string(level)
      this.steps[level] = key
      if (Object.hasOwn(object, key))
        throw BadInput.at(this.steps.slice(0, this.depth), 'deze sleutel komt twee keer voor')
      if (this.next() !== ':') throw this.unexpected('een dubbele punt')
      this.at++
      const value = this.value()
      if (key === '__proto__') {
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
      } else {
        object[key] = value
      }
      if (this.next() === '}') return this.leave(object)
      if (this.next() !== ',') throw this.unexpected('een komma of }')
      this.at++
    }
  }

  private array(): JsonValue[] {
    const array: JsonValue[] = []
    const level = this.enter()
    if (this.next() === ']') return this.leave(array)
    while (true) {
      this.steps[level] = array.length
      array.push(this.value())
      if (this.next() === ']') return this.leave(array)
      if (this.next() !== ',') throw this.unexpected('een komma of ]')
      this.at++
    }
  }

  private enter(): number {
    if (this.depth === DEEPEST) throw new BadInput('input', `is meer dan ${DEEPEST} niveaus diep genest`)
    this.at++
    return this.depth++
  }

  private leave<T>(value: T): T {
    this.at++
    this.depth--
    return value
  }

  /** @param depth how many steps name the text in a message: a key has no step of its own yet */
  private string(depth = this.depth): string {
    const start = this.at + 1
    let hasSurrogates = false
    for (let at = start; at < this.text.length; at++) {
      const unit = this.text.charCodeAt(at)
      if (unit === QUOTE) {
        this.at = at + 1
        const string = this.text.slice(start, at)
        return hasSurrogates ? this.wellFormed(string, depth) : string
      }
      if (unit === BACKSLASH || unit < 0x20) break
      if (unit >= 0xd800 && unit < 0xe000) hasSurrogates = true
    }
    return this.stringWithEscapes(start, depth)
  }

  private stringWithEscapes(start: number, depth: number): string {
    const parts: string[] = []
    let from = start
    for (this.at = start; this.at < this.text.length; this.at++) {
      const unit = this.text.charCodeAt(this.at)
      if (unit < 0x20) throw this.unexpected('geen stuurteken in een tekst')
      if (unit !== QUOTE && unit !== BACKSLASH) continue
      parts.push(this.text.slice(from, this.at))
      if (unit === QUOTE) {
        this.at++
        return this.wellFormed(parts.join(''), depth)
      }
      parts.push(this.escape())
      from = this.at + 1
    }
    throw this.unexpected('een afsluitend aanhalingsteken')
  }

  /** Reads the escape at the backslash and stops on its last character. */
  private escape(): string {
    const letter = this.text[++this.at]
    if (letter === 'u') {
      const hex = this.text.slice(this.at + 1, this.at + 5)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.unexpected('vier hexadecimale cijfers na \\u')
      this.at += 4
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    const character = letter === undefined || !Object.hasOwn(ESCAPES, letter) ? undefined : ESCAPES[letter]
    if (character === undefined) throw this.unexpected('een geldige escape na \\')
    return character
  }

  private wellFormed(string: string, depth: number): string {
    if (!/\p{Surrogate}/u.test(string)) return string
    throw BadInput.at(this.steps.slice(0, depth), 'bevat een half teken (een losse surrogate)')
  }

  private number(): JsonNumber {
    NUMBER.lastIndex = this.at
    const match = NUMBER.exec(this.text)
    if (!match) throw this.unexpected('een waarde')
    this.at = NUMBER.lastIndex
    return new JsonNumber(match[0])
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.unexpected('een waarde')
    this.at += word.length
    return value
  }

  /** Skips white space and looks at the next character without taking it; `undefined` at the end. */
  private next(): string | undefined {
    while (true) {
      const unit = this.text.charCodeAt(this.at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return this.text[this.at]
      this.at++
    }
  }

  private unexpected(expected: string): BadInput {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    const found = this.at < this.text.length ? quoted(this.text[this.at]!) : 'het einde'
    return new BadInput(
      'input',
      `ongeldige JSON op regel ${line}, kolom ${column}: verwacht ${expected}, gevonden ${found}`,
    )
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
