/**
 * Orders two strings by Unicode code point: negative when `a` comes first, positive when `b` does, 0 when
 * they are the same. JavaScript's own `<` compares UTF-16 units and puts U+1F600 before U+FF5E.
 */
export function compareCodePoints(a: string, b: string): number {
  const shortest = Math.min(a.length, b.length)
  for (let at = 0; at < shortest; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return inCodePointOrder(left) - inCodePointOrder(right)
  }
  return a.length - b.length
}

/**
 * Moves surrogates (which stand for U+10000 and up) behind the units U+E000-U+FFFF. Where two strings first
 * differ, comparing these values gives the order of the code points, also in the middle of a pair.
 */
function inCodePointOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/**
 * A string that JavaScript's own `<` and `sort()` put in code point order: for long lists, where a call per
 * comparison would be slow. Different texts have different keys.
 */
export function codePointKey(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => String.fromCharCode(inCodePointOrder(unit.charCodeAt(0))))
}
