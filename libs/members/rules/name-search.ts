/** A name without case, accents and punctuation, for finding and ordering: `Één & Co.` becomes `een co`. */
export function foldedName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** SQL patterns for the words that were typed: a name is found when it has them all, each anywhere. */
export function namePatterns(typed: string): string[] {
  const words = foldedName(typed.slice(0, 100)).split(' ')
  return words.filter((word) => word !== '').map((word) => `%${word}%`)
}
