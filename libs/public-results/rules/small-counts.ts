/** What an indicator counts; as the agreement says. */
export type CountedKind = 'count' | 'unique' | 'percentage' | 'grade' | 'nOfM' | 'yesNo'

/** Fewer than this many people are not told to the public. */
export const SMALL = 5

/**
 * A figure as the public may see it: itself, or only what it is under (`limit`) or at least, of `of` when it is a
 * part; or of a group so small that no part of it is told.
 */
export type ShownValue =
  | { kind: 'exact'; value: string }
  | { kind: 'under'; limit: number; of: number | null }
  | { kind: 'atLeast'; least: number; of: number }
  | { kind: 'untold'; of: number }

/** What is counted is known not to be people. Any other word, also one we don't know, is taken for people. */
const THINGS = new Set([
  ...['activiteit', 'activiteiten', 'bijeenkomst', 'bijeenkomsten', 'initiatief', 'initiatieven'],
  ...[
    'bewonersinitiatieven',
    'buurtinitiatieven',
    'plek',
    'plekken',
    'locatie',
    'locaties',
    'ruimte',
    'ruimtes',
  ],
  ...[
    'keer',
    'uur',
    'uren',
    'dagdelen',
    'maaltijd',
    'maaltijden',
    'training',
    'trainingen',
    'cursus',
    'cursussen',
  ],
  ...['gebouw', 'gebouwen', 'accommodaties', 'project', 'projecten', 'organisaties', 'partners', 'buurten'],
  ...[
    'spreekuren',
    'inlopen',
    'evenementen',
    'besluiten',
    'afspraken',
    'speeltuinen',
    'klacht',
    'klachten',
    'netwerken',
    'groepen',
  ],
])

/** Whether an indicator counts people: unique ones always; others unless the unit is a word for things. */
export function concernsPeople({ kind, unit }: { kind: CountedKind; unit: string }): boolean {
  if (kind === 'unique') return true
  return (kind === 'count' || kind === 'nOfM') && !THINGS.has(unit.trim().toLowerCase())
}

/**
 * A figure as the public may see it. Behind "3 young people with debts" in one neighbourhood stand faces that
 * neighbours know, so a count of people under five is told as "under 5", zero too. Of "n of m" the others are people
 * as well: where fewer than five are left over, n is told as "at least m − 4". In a group under ten one of both parts
 * is always small, so no part is told.
 * @param value as stored: `"12"`, `"12/20"`
 */
export function shownValue(indicator: { kind: CountedKind; unit: string }, value: string): ShownValue {
  if (!concernsPeople(indicator)) return { kind: 'exact', value }
  if (indicator.kind !== 'nOfM')
    return Number(value) < SMALL ? { kind: 'under', limit: SMALL, of: null } : { kind: 'exact', value }
  const [n = 0, m = 0] = value.split('/').map(Number)
  if (m < SMALL) return { kind: 'under', limit: SMALL, of: null }
  if (m < 2 * SMALL) return { kind: 'untold', of: m }
  if (n < SMALL) return { kind: 'under', limit: SMALL, of: m }
  return m - n < SMALL ? { kind: 'atLeast', least: m - SMALL + 1, of: m } : { kind: 'exact', value }
}

/** Every figure that a reader has to think possible, as stored; the figure itself is among them. */
export function possibleValues(kind: CountedKind, shown: ShownValue): string[] {
  if (shown.kind === 'exact') return [shown.value]
  if (shown.kind === 'untold') return range(0, shown.of).map((n) => `${n}/${shown.of}`)
  if (shown.kind === 'atLeast') return range(shown.least, shown.of).map((n) => `${n}/${shown.of}`)
  if (shown.of !== null) return range(0, shown.limit - 1).map((n) => `${n}/${shown.of}`)
  if (kind !== 'nOfM') return range(0, shown.limit - 1).map(String)
  return range(1, shown.limit - 1).flatMap((m) => range(0, m).map((n) => `${n}/${m}`))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const WORDS: readonly (readonly string[])[] = [
  ['nul', 'geen', 'niemand', 'zero', 'none', 'nobody'],
  ['één', 'eentje', 'one'],
  ['twee', 'two'],
  ['drie', 'three'],
  ['vier', 'four'],
]

/** Whether a text names a number under five, in figures or in words: then it may tell what its figure hides. */
export function namesSmallNumber(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.some((word) => /^[0-4]$/.test(word) || WORDS.some((names) => names.includes(word)))
}
