/** An organisation by what may give away that it is known already. What is not known is null. */
export interface Candidate {
  id: string
  name: string
  chamberNumber: string | null
  rsin: string | null
  /** Street with number and postal code. */
  address: string | null
}

export type DuplicateReason = 'chamberNumber' | 'rsin' | 'name' | 'address'

/** Names that have this part of their trigrams in common are shown to the assessor. */
const SIMILAR = 0.6
const LEGAL_FORMS = /\b(?:stichting|vereniging|cooperatie|bv|b v|nv|vof|ua|u a|eenmanszaak)\b/g

/** A name without case, accents, punctuation and legal form. */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain.replace(LEGAL_FORMS, ' ').replace(/\s+/g, ' ').trim() || plain
}

/** The part of their trigrams that two names share (Dice): 0 nothing, 1 the same. */
export function similarity(a: string, b: string): number {
  const [left, right] = [trigrams(plainName(a)), trigrams(plainName(b))]
  if (left.size === 0 || right.size === 0) return 0
  const shared = [...left].filter((gram) => right.has(gram)).length
  return (2 * shared) / (left.size + right.size)
}

function trigrams(plain: string): Set<string> {
  if (plain === '') return new Set()
  const padded = `  ${plain} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

/** Who of the others may be the same organisation, with why; those with the most reasons first. */
export function likelyDuplicates<T extends Candidate>(
  one: Candidate,
  others: readonly T[],
): { other: T; reasons: DuplicateReason[] }[] {
  return others
    .filter(({ id }) => id !== one.id)
    .map((other) => ({ other, reasons: reasonsOf(one, other) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => b.reasons.length - a.reasons.length)
}

function reasonsOf(one: Candidate, other: Candidate): DuplicateReason[] {
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && plainName(a) === plainName(b)
  return [
    ...(same(one.chamberNumber, other.chamberNumber) ? (['chamberNumber'] as const) : []),
    ...(same(one.rsin, other.rsin) ? (['rsin'] as const) : []),
    ...(similarity(one.name, other.name) >= SIMILAR ? (['name'] as const) : []),
    ...(same(one.address, other.address) ? (['address'] as const) : []),
  ]
}
