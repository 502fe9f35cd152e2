import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import {
  CALL_RULE,
  type CallInputs,
  checkFrozen,
  type Divide,
  freezeCall,
  partsOf,
  thawCall,
} from './frozen-call.js'

const inputs = (more: Partial<CallInputs> = {}): CallInputs => ({
  ...{ kind: 'samen.guaranteeCall', rule: CALL_RULE, year: 2019, number: 1, amountCents: 90n },
  ...{ reason: 'Tekort', referenceDay: '2020-02-15' },
  pledges: [
    { id: 'a', number: 1, name: 'A', cents: 60n, calledCents: 50n },
    { id: 'b', number: 2, name: 'B', cents: 60n, calledCents: 0n },
    { id: 'c', number: 3, name: 'C', cents: 60n, calledCents: 0n },
    { id: 'd', number: 4, name: 'D', cents: 0n, calledCents: 0n },
  ],
  ...more,
})
/** As the guarantees divide these 90 cents; how they do so is tested there. */
const divide: Divide = () => ({
  parts: [
    { id: 'a', cents: 10n },
    { id: 'b', cents: 40n },
    { id: 'c', cents: 40n },
    { id: 'd', cents: 0n },
  ],
})
const codeOf = (more: Partial<CallInputs>) => {
  try {
    partsOf(inputs(more), divide)
    return null
  } catch (error) {
    return (error as RuleViolated).violations.map(({ code }) => code).join()
  }
}

describe('a call', () => {
  it('is divided within the room of each, who pays nothing left out', () =>
    expect(partsOf(inputs(), divide).map(({ memberId, partCents }) => [memberId, partCents])).toEqual([
      ['a', 10n],
      ['b', 40n],
      ['c', 40n],
    ]))

  it.each<[Partial<CallInputs>, string | null]>([
    [{ amountCents: 130n }, null],
    [{ amountCents: 131n }, 'call.overAllRoom'],
    [{ amountCents: 0n, reason: ' ' }, 'call.amountNeeded,call.reasonNeeded'],
    [{ pledges: [] }, 'call.overAllRoom'],
  ])('with %o: %s', (more, code) => expect(codeOf(more)).toBe(code))

  it('is read back as it was frozen', () => expect(thawCall(freezeCall(inputs()))).toEqual(inputs()))

  it('is found changed by its hash and by its parts', () => {
    const kept = { inputs: freezeCall(inputs()), sha256: 'x', parts: partsOf(inputs(), divide) }
    expect(checkFrozen(kept, 'x', divide)).toEqual([])
    expect(checkFrozen(kept, 'y', divide)).toEqual([{ code: 'call.changed' }])
    const [first, ...others] = kept.parts
    const raised = { ...kept, parts: [{ ...first!, partCents: 11n }, ...others] }
    expect(checkFrozen(raised, 'x', divide)).toEqual([{ code: 'call.changed' }])
  })
})
