/** How wide a text is, in points. */
export type Measure = (text: string) => number

/** Places where a word may break without a hyphen of ours: after a hyphen, a slash, an at sign, a dot in an address. */
const SOFT_BREAKS = /(?<=[-–/@_])(?=\p{L})|(?<=\w)(?=\.[a-z]{2,})/u

/**
 * Breaks a text into lines that are no wider than `width`. Spaces break, no-break spaces do not; a word that is
 * wider than a line is broken where it must. Line ends in the text stay. There is always at least one line. A line
 * that was broken at a space keeps that space, beyond the width: who reads the lines one after the other needs it.
 */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure))
}

/** The widest part of a text that cannot be broken without cutting a word. */
export function widestWord(text: string, measure: Measure): number {
  return Math.max(0, ...text.split(/[ \n]/).flatMap((word) => word.split(SOFT_BREAKS).map(measure)))
}

function breakParagraph(paragraph: string, width: number, measure: Measure): string[] {
  if (measure(paragraph) <= width) return [paragraph.trim()]
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/ +/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(`${line} `)
    const parts = breakWord(word, width, measure)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1)!
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** Cuts a word that is too wide: where it may break, else between two characters. */
function breakWord(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word]
  const lines: string[] = []
  let line = ''
  for (const part of word.split(SOFT_BREAKS)) {
    if (measure(line + part) <= width) {
      line += part
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of charactersOf(part)) {
      if (line !== '' && measure(line + character) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line]
}

const characters = new Intl.Segmenter('nl', { granularity: 'grapheme' })

/** The characters as a reader counts them: an emoji of several code points is one. */
export function charactersOf(text: string): string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment)
}
