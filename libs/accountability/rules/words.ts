/** How many words a text has: runs of characters between white space. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length
}

/** No one word is this long; it stops texts without white space from being endless. */
const LETTERS_PER_WORD = 30

/** Whether a text is longer than so many words. */
export function isLongerThan(text: string, words: number): boolean {
  return countWords(text) > words || text.length > words * LETTERS_PER_WORD
}
