/**
 * What a form remembers of a field that it shows: its revision, and a fingerprint of the text, so that a field that
 * nobody touched is not taken for a change when somebody else wrote in it meanwhile.
 */
export function seenMark(revision: number, text: string): string {
  return `${revision}.${fingerprint(text)}`
}

/** The revision that a form showed, and whether the text in it is still the one that it showed. */
export function readSeenMark(
  mark: string | undefined,
  text: string,
): { revision: number; untouched: boolean } {
  const match = /^(\d{1,9})\.([0-9a-z]{1,13})$/.exec(mark ?? '')
  if (!match) return { revision: 0, untouched: false }
  return { revision: Number(match[1]), untouched: match[2] === fingerprint(text) }
}

/** FNV-1a, 64 bits: it only has to tell apart two texts of one field, and nobody gains by deceiving the own form. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(36)
}
