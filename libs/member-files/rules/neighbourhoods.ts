import { folded } from './fold.js'

export interface KnownNeighbourhood {
  number: number
  name: string
}

const SEPARATOR = /\s*[,/;]\s*/

/**
 * Reads a list of buurten, numbers or names, separated by `,`, `/` or `;`. Names hold such signs themselves
 * (`Lombok/Leidseweg, Nieuw Engeland`): of what stands side by side, the longest name counts.
 * @returns the numbers from low to high, or the first piece that is none of them
 */
export function readNeighbourhoods(
  text: string,
  known: readonly KnownNeighbourhood[],
): { numbers: number[] } | { unknown: string } {
  const byName = new Map(known.map(({ number, name }) => [folded(name), number]))
  const numbers = new Set(known.map(({ number }) => number))
  const pieces = text.split(SEPARATOR).filter((piece) => piece !== '')
  const found = new Set<number>()
  for (let at = 0; at < pieces.length; ) {
    const hit = longestName(pieces, at, byName) ?? plainNumber(pieces[at]!, numbers)
    if (!hit) return { unknown: pieces[at]! }
    found.add(hit.number)
    at += hit.pieces
  }
  return { numbers: [...found].sort((a, b) => a - b) }
}

function longestName(pieces: readonly string[], at: number, byName: ReadonlyMap<string, number>) {
  for (let end = Math.min(pieces.length, at + 6); end > at; end--) {
    const number = byName.get(folded(pieces.slice(at, end).join(' ')))
    if (number !== undefined) return { number, pieces: end - at }
  }
  return null
}

function plainNumber(piece: string, numbers: ReadonlySet<number>) {
  const number = /^0*(\d{1,4})$/.test(piece) ? Number(piece) : 0
  return numbers.has(number) ? { number, pieces: 1 } : null
}
