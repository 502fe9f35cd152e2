import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChainCheck, type FoundEntry, type Seal } from './check-chain.js'
import { NO_SEAL, numbered, sealHash, textHash } from './seal.js'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

interface Link {
  seal: Seal
  entries: FoundEntry[]
}

/** A sound chain with so many entries under each seal. */
function chainOf(counts: readonly number[]): Link[] {
  const numbers = new Map<number, number>()
  let previous = NO_SEAL
  let sequence = 0n
  return counts.map((count, at) => {
    const entries = numbered(
      Array.from({ length: count }, () => entryAt(++sequence)),
      numbers,
    )
    const seal: Seal = {
      ...{
        number: at + 1,
        entries: count,
        previousSha256: previous,
        sha256: sealHash(hash, previous, entries),
      },
      ...{ firstSequence: entries[0]!.sequence, lastSequence: entries.at(-1)!.sequence },
    }
    previous = seal.sha256
    return { seal, entries }
  })
}

function entryAt(sequence: bigint): Omit<FoundEntry, 'year' | 'number'> {
  const [salt, description, document] = [`salt-${sequence}`, `Boeking ${sequence}`, `F-${sequence}`]
  return {
    ...{ sequence, id: `id-${sequence}`, key: `key-${sequence}`, recordedAt: 1n, recordedBy: null },
    ...{ onDay: sequence % 2n ? '2019-05-01' : '2020-02-01', reverses: null },
    ...{ salt, description, document, textSha256: textHash(hash, salt, description, document) },
    ...{ lines: 'BLimBan|||100\nWOvbSub|||-100', total: 0n, postings: 2 },
  }
}

function codesOf(chain: readonly Link[]): string[] {
  const check = new ChainCheck(hash)
  for (const { seal, entries } of chain) check.add(seal, entries)
  return check.findings.map(({ code }) => code)
}

const counts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })

describe('a chain of seals', () => {
  it('is sound as it was made, and numbers the entries of each year without a gap', () => {
    fc.assert(
      fc.property(counts, (given) => {
        expect(codesOf(chainOf(given))).toEqual([])
        const all = chainOf(given).flatMap(({ entries }) => entries)
        for (const year of [2019, 2020]) {
          const numbers = all.filter((entry) => entry.year === year).map(({ number }) => number)
          expect(numbers).toEqual(numbers.map((_, at) => at + 1))
        }
      }),
    )
  })

  const changes: [string, (entry: FoundEntry) => Partial<FoundEntry>][] = [
    ['an amount', ({ lines }) => ({ lines: lines.replace('100', '101') })],
    ['an account', ({ lines }) => ({ lines: lines.replace('BLimBan', 'BVorOvr') })],
    ['a day', () => ({ onDay: '2019-05-02' })],
    ['the key', () => ({ key: 'another' })],
    ['the moment', () => ({ recordedAt: 2n })],
    ['who booked it', () => ({ recordedBy: 'someone' })],
    ['what it reverses', () => ({ reverses: 'id-0' })],
    ['the text', () => ({ description: 'Iets anders' })],
    ['the document', () => ({ document: 'F-0' })],
    ['the hash of the text', () => ({ textSha256: 'f'.repeat(64) })],
    ['the number', ({ number }) => ({ number: number + 1 })],
  ]
  it.each(changes)('tells that %s was changed, wherever it stood', (_, change) => {
    fc.assert(
      fc.property(counts, fc.nat(), (given, place) => {
        const chain = chainOf(given)
        const link = chain[place % chain.length]!
        const at = place % link.entries.length
        link.entries[at] = { ...link.entries[at]!, ...change(link.entries[at]!) }
        expect(codesOf(chain)).not.toEqual([])
      }),
    )
  })

  it('tells that entries or seals were taken away, turned or put under another', () => {
    fc.assert(
      fc.property(counts, fc.nat(), (given, place) => {
        const chain = chainOf([2, ...given, 1])
        const taken = chain.map(({ seal, entries }) => ({ seal, entries: [...entries] }))
        taken[place % chain.length]!.entries.pop()
        expect(codesOf(taken)).not.toEqual([])
        const turned = chain.map(({ seal, entries }) => ({ seal, entries: [...entries] }))
        turned[0]!.entries.reverse()
        expect(codesOf(turned)).not.toEqual([])
        const gone = chain.filter((_, at) => at !== place % (chain.length - 1))
        expect(codesOf(gone)).not.toEqual([])
      }),
    )
  })

  it('tells a changed chain even when the seal itself was made anew', () => {
    const chain = chainOf([2, 2])
    const first = chain[0]!
    first.entries[0] = { ...first.entries[0]!, key: 'another' }
    first.seal = { ...first.seal, sha256: sealHash(hash, NO_SEAL, first.entries) }
    expect(codesOf(chain)).toEqual(['sealPrevious'])
  })

  it('accepts that a text was erased, and counts it; what does not balance is named with its amount', () => {
    const chain = chainOf([1])
    chain[0]!.entries[0] = { ...chain[0]!.entries[0]!, salt: null, description: '', document: '' }
    const check = new ChainCheck(hash)
    check.add(chain[0]!.seal, chain[0]!.entries)
    expect([check.findings, check.erased, check.entries, check.postings]).toEqual([[], 1n, 1n, 2n])
    chain[0]!.entries[0] = { ...chain[0]!.entries[0]!, total: 5n }
    const other = new ChainCheck(hash)
    other.add(chain[0]!.seal, chain[0]!.entries)
    expect(other.findings).toEqual([{ code: 'unbalanced', params: { entry: '2019-1', cents: '5' } }])
  })

  it('lists a hundred findings and counts the rest', () => {
    const check = new ChainCheck(hash)
    for (let at = 0; at < 150; at++) check.report('sealHash', { seal: String(at) })
    expect([check.findings.length, check.found]).toEqual([100, 150])
  })
})
