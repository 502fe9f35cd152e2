import type { Cents } from '#kernel'
import { divide } from './division.js'
import type { DistributionInputs } from './frozen-inputs.js'
import { type Carrier, type GuaranteesAtReference, type Reading, readings, sharesOf } from './shares.js'

/** What one reading of the statutes would give a holder, and how much that is more or less than what is proposed. */
export interface OtherPart {
  cents: Cents
  differenceCents: Cents
}

export interface HolderByReading {
  memberId: string
  name: string
  number: number
  proposedCents: Cents
  others: OtherPart[]
}

/** The proposal beside what every other reading of the statutes would give, per holder by member number. */
export function otherReadings(
  inputs: DistributionInputs,
  guarantees: GuaranteesAtReference,
  carriers: ReadonlyMap<string, Carrier>,
): { readings: Reading[]; holders: HolderByReading[] } {
  const { year, sharers, reference } = inputs
  const others = readings.filter((one) => one.sharers !== sharers || one.reference !== reference)
  const proposed = partsOf(inputs)
  const given = others.map((reading) =>
    partsOf({ ...inputs, ...reading, shares: sharesOf(guarantees, year, reading, carriers) }),
  )
  const everybody = readings.flatMap((reading) => sharesOf(guarantees, year, reading, carriers))
  const holders = new Map(
    [...everybody, ...inputs.shares].map(({ id, name, number }) => [id, { name, number }]),
  )
  return {
    readings: others,
    holders: [...holders]
      .map(([memberId, { name, number }]) => {
        const proposedCents = proposed.get(memberId) ?? 0n
        const parts = given.map((parts) => parts.get(memberId) ?? 0n)
        return {
          ...{ memberId, name, number, proposedCents },
          others: parts.map((cents) => ({ cents, differenceCents: cents - proposedCents })),
        }
      })
      .sort((a, b) => a.number - b.number),
  }
}

/** Nobody gets anything when nobody shares by a reading. */
function partsOf(inputs: DistributionInputs): Map<string, Cents> {
  if (inputs.shares.length === 0) return new Map()
  return new Map(divide(inputs).parts.map(({ memberId, partCents }) => [memberId, partCents]))
}
