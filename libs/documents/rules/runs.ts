import { charactersOf } from './lines.js'

/** A stretch of text in one face, or one character that no face has. */
export interface Run {
  text: string
  /** Which of the faces; null when none of them has the character. */
  face: number | null
}

/** Makes a text printable: composed letters, no control characters, spaces that fonts know. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\v\f\u2028\u2029]/gu, ' ')
    .replace(/[\u202f\u2007]/gu, '\u00a0')
    .replace(/[\u2000-\u2006\u2008-\u200a]/gu, ' ')
    .replace(/\u2011/gu, '-')
    .replace(/[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, (found) =>
      found === '\n' ? found : '',
    )
    .replace(/\p{Cs}/gu, '\ufffd')
}

/**
 * Divides a text over faces: each character gets the first face that has all of it. Characters that no face has
 * stand alone, so that a mark can be drawn in their place.
 * @param faces per face whether it has a code point
 */
export function runsOf(text: string, faces: readonly ((codePoint: number) => boolean)[]): Run[] {
  const runs: Run[] = []
  for (const character of charactersOf(text)) {
    const points = Array.from(character, (one) => one.codePointAt(0)!)
    const at = faces.findIndex((has) => points.every(has))
    const last = runs.at(-1)
    if (at < 0) runs.push({ text: character, face: null })
    else if (last?.face === at) last.text += character
    else runs.push({ text: character, face: at })
  }
  return runs
}
