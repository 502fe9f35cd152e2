import type { Day } from '#kernel'

/** An entry as it stands under a seal. */
export interface SealedEntry {
  year: number
  /** Its number in the year: 1, 2, 3 … in the order of booking, without a gap. */
  number: number
  sequence: bigint
  id: string
  key: string
  onDay: Day
  /** Microseconds since 1970. */
  recordedAt: bigint
  recordedBy: string | null
  reverses: string | null
  /** {@link textHash}: stays when the texts themselves are erased. */
  textSha256: string
  /** A line per posting in the order of booking: `account|accounting district|member|cents`. */
  lines: string
}

export type Hash = (text: string) => string

/** What stands before the first seal. */
export const NO_SEAL = '0'.repeat(64)

/** What an entry is about. The salt keeps the hash from telling a text that was erased. */
export function textHash(hash: Hash, salt: string | null, description: string, document: string): string {
  return hash(JSON.stringify([salt, description, document]))
}

/** An entry in one fixed form. */
export function entryText(entry: SealedEntry): string {
  const { year, number, sequence, id, key, onDay, recordedAt, recordedBy, reverses } = entry
  return JSON.stringify([
    ...[year, number, sequence.toString(), id, key, onDay],
    ...[recordedAt.toString(), recordedBy, reverses, entry.textSha256, entry.lines],
  ])
}

/** The hash of a batch of entries and of everything before it. */
export function sealHash(hash: Hash, previous: string, entries: readonly SealedEntry[]): string {
  return hash(`${previous}\n${entries.map(entryText).join('\n')}\n`)
}

/** Gives each entry the next number of its year. @param last the last number of each year; it is brought up to date */
export function numbered<T extends { onDay: Day }>(
  entries: readonly T[],
  last: Map<number, number>,
): (T & { year: number; number: number })[] {
  return entries.map((entry) => {
    const year = Number(entry.onDay.slice(0, 4))
    const number = (last.get(year) ?? 0) + 1
    last.set(year, number)
    return { ...entry, year, number }
  })
}
