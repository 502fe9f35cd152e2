import type { Cents } from '#kernel'
import { type Hash, NO_SEAL, type SealedEntry, sealHash, textHash } from './seal.js'

/** A seal as it was stored. */
export interface Seal {
  number: number
  firstSequence: bigint
  lastSequence: bigint
  entries: number
  previousSha256: string
  sha256: string
}

/** An entry as it is found now, with what its lines come to. */
export interface FoundEntry extends SealedEntry {
  salt: string | null
  description: string
  document: string
  total: Cents
  postings: number
}

/** Something that is not as it was booked: `code` in the messages under `ledger.check.findings`. */
export interface LedgerFinding {
  code: string
  params: Record<string, string>
}

/** More are counted, not listed. */
const MOST_FINDINGS = 100

/** Walks the chain from its first seal on, a batch at a time, and remembers what is wrong. */
export class ChainCheck {
  readonly findings: LedgerFinding[] = []
  /** How many there are; the list stops at a hundred. */
  found = 0
  entries = 0n
  postings = 0n
  seals = 0
  /** Entries whose texts were erased; amounts, days and accounts of these were checked like all others. */
  erased = 0n
  lastSha256: string | null = null
  private lastSequence = 0n
  private readonly numbers = new Map<number, number>()

  constructor(private readonly hash: Hash) {}

  /** The next seal with the entries that stand under it, in the order of booking. */
  add(seal: Seal, entries: readonly FoundEntry[]): void {
    const which = { seal: String(seal.number) }
    if (seal.number !== this.seals + 1) this.report('sealMissing', which)
    if (seal.previousSha256 !== (this.lastSha256 ?? NO_SEAL)) this.report('sealPrevious', which)
    if (entries.length !== seal.entries)
      this.report('sealCount', { ...which, sealed: String(seal.entries), found: String(entries.length) })
    const [first, last] = [entries[0]?.sequence, entries.at(-1)?.sequence]
    if (first !== seal.firstSequence || last !== seal.lastSequence || seal.firstSequence <= this.lastSequence)
      this.report('sealRange', which)
    if (sealHash(this.hash, seal.previousSha256, entries) !== seal.sha256) this.report('sealHash', which)
    for (const entry of entries) this.look(entry)
    this.seals = seal.number
    this.lastSha256 = seal.sha256
    this.lastSequence = seal.lastSequence
  }

  report(code: string, params: Record<string, string> = {}): void {
    this.found += 1
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ code, params })
  }

  private look(entry: FoundEntry): void {
    const { year, number, salt, total, postings } = entry
    const which = { entry: `${year}-${number}` }
    this.entries += 1n
    this.postings += BigInt(postings)
    if (total !== 0n) this.report('unbalanced', { ...which, cents: total.toString() })
    if (postings < 2) this.report('tooFewPostings', which)
    if (!entry.onDay.startsWith(`${year}-`)) this.report('wrongYear', which)
    if (number !== (this.numbers.get(year) ?? 0) + 1) this.report('numberGap', which)
    this.numbers.set(year, number)
    if (salt === null) this.erased += 1n
    else if (textHash(this.hash, salt, entry.description, entry.document) !== entry.textSha256)
      this.report('textChanged', which)
  }
}
