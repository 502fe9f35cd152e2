/** The text of a CSV file and how its fields are parted. */
export interface CsvText {
  text: string
  delimiter: ';' | ',' | '\t'
}

const DELIMITERS = [';', ',', '\t'] as const
const WINDOWS_80_TO_9F = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const SAMPLE = 100_000
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells binary data from text
const BINARY = /[\0-\x08\x0e-\x1f]/

/**
 * The text of the bytes: by its byte order mark, else UTF-8 when it is that, else Windows-1252, as Excel saves
 * "CSV" in the Netherlands. Null when it is no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes)
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return BINARY.test(text) ? null : text
  } catch {
    if (encoding !== 'utf-8' || hasMark(bytes)) return null
    const text = decodeWindows(bytes)
    // Five bytes mean nothing in Windows-1252: with one of them it is something else.
    return BINARY.test(text) || /[\x81\x8d\x8f\x90\x9d]/.test(text) ? null : text
  }
}

/** Takes the `sep=;` line of Excel from the text, or guesses the delimiter from the first rows. */
export function readDelimiter(text: string): CsvText {
  const told = /^sep=([;,\t])(?:\r\n|\n|\r|$)/i.exec(text)
  if (told) return { text: text.slice(told[0].length), delimiter: told[1] as CsvText['delimiter'] }
  return { text, delimiter: guessDelimiter(text) }
}

/** Some releases of Node decode 'windows-1252' as Latin-1, without the characters from 80 to 9F. */
function decodeWindows(bytes: Uint8Array): string {
  const text = new TextDecoder('windows-1252').decode(bytes)
  return text.replace(/[\x80-\x9f]/g, (character) => WINDOWS_80_TO_9F[character.charCodeAt(0) - 0x80]!)
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/**
 * The delimiter that stands in the first row (the headings) wins, then the one that stands in most rows, then
 * the one that stands as often in each row. So a comma in amounts or addresses does not beat a semicolon.
 */
function guessDelimiter(text: string): CsvText['delimiter'] {
  const counts = countPerRow(text.slice(0, SAMPLE))
  const scores = DELIMITERS.map((delimiter, index) => {
    const perRow = counts.map((row) => row[index]!)
    const first = perRow[0] ?? 0
    return {
      delimiter,
      score: [
        first > 0 ? 1 : 0,
        perRow.filter((count) => count > 0).length,
        perRow.filter((count) => count === first).length,
        perRow.reduce((sum, count) => sum + count, 0),
      ],
    }
  })
  return scores.reduce((best, other) => (isHigher(other.score, best.score) ? other : best)).delimiter
}

function isHigher(score: readonly number[], than: readonly number[]): boolean {
  const place = score.findIndex((value, index) => value !== than[index])
  return place !== -1 && score[place]! > than[place]!
}

/** How often each delimiter stands outside quotes, for each row that is not empty. */
function countPerRow(text: string): number[][] {
  const rows: number[][] = []
  let row = [0, 0, 0]
  let filled = false
  let quoted = false
  const end = () => {
    if (filled) rows.push(row)
    row = [0, 0, 0]
    filled = false
  }
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === '\n' || character === '\r')) {
      end()
      continue
    } else if (!quoted) {
      const index = DELIMITERS.indexOf(character as CsvText['delimiter'])
      if (index !== -1) row[index]! += 1
    }
    filled = true
  }
  end()
  return rows
}
