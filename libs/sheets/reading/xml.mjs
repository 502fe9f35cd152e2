import { Refused } from './refused.mjs'

const DEEPEST = 64
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Walks through XML and calls `open(name, attributes, prefix)`, `text(text)` and `close(name)`.
 * Names come without their prefix; `attributes` is raw text for `attribute()`. There are no DTDs: `<!` other
 * than a comment or CDATA is refused, so an entity is one of the five of XML or a character's number.
 */
export function walk(xml, { open, text, close }) {
  const path = []
  let at = 0
  while (true) {
    const tag = xml.indexOf('<', at)
    if (tag === -1) break
    if (tag > at && path.length > 0 && text) text(decode(xml.slice(at, tag)))
    const next = xml.charCodeAt(tag + 1)
    if (next === 0x3f /* ? */) at = after(xml, '?>', tag)
    else if (next === 0x21 /* ! */) at = comment(xml, tag, text)
    else {
      const end = endOfTag(xml, tag + 1)
      at = end + 1
      if (next === 0x2f /* / */) {
        const name = localName(xml.slice(tag + 2, end).trimEnd())
        if (path.pop() !== name) broken()
        close?.(name)
        continue
      }
      const empty = xml.charCodeAt(end - 1) === 0x2f
      const inside = xml.slice(tag + 1, empty ? end - 1 : end)
      const space = inside.search(/\s/)
      const full = space === -1 ? inside : inside.slice(0, space)
      const name = localName(full)
      open(name, space === -1 ? '' : inside.slice(space), full.slice(0, -name.length - 1))
      if (empty) close?.(name)
      else if (path.push(name) > DEEPEST) broken()
    }
  }
  if (path.length > 0) broken()
}

const patterns = new Map()

/** The value of an attribute, without regard to its prefix; undefined when it is not there. */
export function attribute(attributes, name) {
  let pattern = patterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    patterns.set(name, pattern)
  }
  const found = pattern.exec(attributes)
  return found ? decode(found[1] ?? found[2]) : undefined
}

/** Every attribute by its full name. */
export function attributesOf(attributes) {
  const found = {}
  for (const [, name, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name !== '__proto__') found[name] = decode(double ?? single)
  return found
}

function comment(xml, tag, text) {
  if (xml.startsWith('<!--', tag)) return after(xml, '-->', tag + 4)
  if (!xml.startsWith('<![CDATA[', tag)) broken()
  const end = after(xml, ']]>', tag)
  text?.(xml.slice(tag + 9, end - 3))
  return end
}

/** Where the tag ends: the first `>` that stands outside quotes. */
function endOfTag(xml, from) {
  for (let at = from; at < xml.length; at++) {
    const character = xml.charCodeAt(at)
    if (character === 0x3e) return at
    if (character === 0x3c) break
    if (character === 0x22 || character === 0x27) {
      at = xml.indexOf(character === 0x22 ? '"' : "'", at + 1)
      if (at === -1) break
    }
  }
  return broken()
}

function after(xml, mark, from) {
  const at = xml.indexOf(mark, from)
  return at === -1 ? broken() : at + mark.length
}

function localName(name) {
  return name.slice(name.indexOf(':') + 1)
}

function decode(text) {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? all
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}

function broken() {
  throw new Refused('notReadable')
}
