import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkMovement,
  fold,
  type HolderPosition,
  type Movement,
  type MovementType,
  movementTypes,
  noPosition,
  openCallOf,
  pledgeChangesOf,
  positionOf,
  positionsOf,
  roomOf,
} from './movements.js'

let made = 0
const move = (
  type: MovementType,
  cents: bigint,
  onDay = '2019-01-01',
  { memberId = 'a', id = `m${++made}`, refersTo = null as string | null } = {},
): Movement => ({ id, memberId, type, cents, onDay, refersTo })
const on = (movements: Movement[], day = '2019-12-31') => positionOf(movements, 'a', day)
const state = (position: Partial<HolderPosition>) => ({ ...noPosition('a'), ...position })

describe('the position of a holder', () => {
  it.each<[string, Movement[], Partial<HolderPosition>]>([
    ['nothing', [], {}],
    ['an offer does not count', [move('offered', 10n)], { offeredCents: 10n }],
    [
      'an accepted offer counts, once',
      [
        move('offered', 10n, '2019-01-01', { id: 'o1' }),
        move('accepted', 10n, '2019-02-01', { refersTo: 'o1' }),
      ],
      { pledgedCents: 10n },
    ],
    [
      'a refused offer is gone',
      [
        move('offered', 10n, '2019-01-01', { id: 'o2' }),
        move('offerRefused', 10n, '2019-02-01', { refersTo: 'o2' }),
      ],
      {},
    ],
    [
      'one withdrawn, one still open',
      [
        move('offered', 10n, '2019-01-01', { id: 'o3' }),
        move('offered', 5n),
        move('offerWithdrawn', 10n, '2019-02-01', { refersTo: 'o3' }),
      ],
      { offeredCents: 5n },
    ],
    ['an increase comes on top', [move('accepted', 10n), move('increased', 5n)], { pledgedCents: 15n }],
    ['a decrease takes off', [move('accepted', 10n), move('decreased', 4n)], { pledgedCents: 6n }],
    ['a decrease takes no more than there is', [move('accepted', 10n), move('decreased', 40n)], {}],
    [
      'a decrease leaves what is called by its day',
      [move('accepted', 10n), move('decreased', 9n, '2019-06-01'), move('called', 8n, '2019-05-31')],
      { pledgedCents: 8n, calledCents: 8n },
    ],
    [
      'on the same day the order of recording decides',
      [move('accepted', 10n), move('decreased', 9n, '2019-06-01'), move('called', 1n, '2019-06-01')],
      { pledgedCents: 1n, calledCents: 1n },
    ],
    [
      'a call is paid by the bank and from the deposit',
      [
        ...[move('accepted', 10n), move('paidIn', 4n), move('called', 7n)],
        ...[move('callPaid', 3n, '2019-02-01'), move('callOffset', 4n, '2019-02-01')],
      ],
      { pledgedCents: 10n, calledCents: 7n, callPaidCents: 7n },
    ],
    [
      'a cancelled call gives the room back',
      [move('accepted', 10n), move('called', 7n), move('callPaid', 3n), move('callCancelled', 4n)],
      { pledgedCents: 10n, calledCents: 3n, callPaidCents: 3n },
    ],
    [
      'a refund',
      [move('accepted', 10n), move('paidIn', 4n), move('refunded', 3n)],
      { pledgedCents: 10n, paidInCents: 1n },
    ],
  ])('%s', (_, movements, expected) => {
    expect(on(movements)).toEqual(state(expected))
  })

  it('counts from its own day on', () => {
    const movements = [move('increased', 5n, '2019-07-01'), move('accepted', 10n)]
    expect(on(movements, '2018-12-31').pledgedCents).toBe(0n)
    expect(on(movements, '2019-06-30').pledgedCents).toBe(10n)
    expect(on(movements, '2019-07-01').pledgedCents).toBe(15n)
  })

  it('lets what leaves one holder reach the other, no more', () => {
    const movements = [
      ...[move('accepted', 10n), move('called', 6n)],
      move('transferredOut', 10n, '2019-03-01', { id: 'out' }),
      move('transferredIn', 10n, '2019-03-01', { memberId: 'b', refersTo: 'out' }),
    ]
    expect(
      positionsOf(movements, '2019-03-01').map(({ memberId, pledgedCents }) => [memberId, pledgedCents]),
    ).toEqual([
      ['a', 6n],
      ['b', 4n],
    ])
  })
})

describe('changes of pledges, for weighing', () => {
  it('are signed, by day, and say what was done instead of what was asked', () => {
    const movements = [
      ...[move('decreased', 9n, '2019-06-01'), move('accepted', 10n, '2019-01-01'), move('paidIn', 5n)],
      ...[move('called', 4n, '2019-02-01'), move('increased', 1n, '2020-01-01')],
    ]
    expect(pledgeChangesOf(movements, '2019-12-31')).toEqual([
      { id: 'a', on: '2019-01-01', cents: 10n },
      { id: 'a', on: '2019-06-01', cents: -6n },
    ])
  })
})

describe('recording', () => {
  const standing = [move('accepted', 100n), move('paidIn', 30n), move('called', 40n, '2019-03-01')]
  it.each<[MovementType, bigint, string | null]>([
    ['called', 60n, null],
    ['called', 61n, 'guarantee.overRoom'],
    ['released', 61n, 'guarantee.overRoom'],
    ['transferredOut', 61n, 'guarantee.overRoom'],
    ['decreased', 1000n, null],
    ['refunded', 30n, null],
    ['refunded', 31n, 'guarantee.overPaidIn'],
    ['callPaid', 40n, null],
    ['callPaid', 41n, 'guarantee.overOpenCall'],
    ['callCancelled', 41n, 'guarantee.overOpenCall'],
    ['callOffset', 30n, null],
    ['callOffset', 31n, 'guarantee.overPaidIn'],
    ['increased', 10_000n, null],
  ])('%s %s: %s', (type, cents, code) => {
    const found = checkMovement(standing, move(type, cents, '2019-04-01'), '2019-04-01')
    expect(found.map((violation) => violation.code)).toEqual(code ? [code] : [])
  })

  it('does not undo what was recorded for a later day', () => {
    const early = move('released', 70n, '2019-02-01')
    expect(checkMovement(standing, early, '2019-04-01')).toEqual([{ code: 'guarantee.undoesLater' }])
    expect(checkMovement(standing, { ...early, cents: 60n }, '2019-04-01')).toEqual([])
  })
})

/** Anything at all, also what no service would record. */
const anyMovements = fc.array(
  fc.record({
    type: fc.constantFrom(...movementTypes),
    memberId: fc.constantFrom('a', 'b'),
    cents: fc.bigInt(1n, 1_000n),
    day: fc.integer({ min: 1, max: 28 }),
    refers: fc.option(fc.nat(20), { nil: null }),
  }),
  { maxLength: 30 },
)

describe('whatever was recorded', () => {
  const asMovements = (
    given: readonly {
      type: MovementType
      memberId: string
      cents: bigint
      day: number
      refers: number | null
    }[],
  ) =>
    given.map(
      ({ type, memberId, cents, day, refers }, at): Movement => ({
        ...{ id: `m${at}`, type, memberId, cents },
        ...{
          onDay: `2019-02-${String(day).padStart(2, '0')}`,
          refersTo: refers === null ? null : `m${refers}`,
        },
      }),
    )

  it('no balance is below 0, and no more is called than pledged, or paid than called', () => {
    fc.assert(
      fc.property(anyMovements, (given) => {
        for (const position of positionsOf(asMovements(given), '2019-02-28')) {
          const { pledgedCents, paidInCents, calledCents, callPaidCents, offeredCents } = position
          for (const cents of [pledgedCents, paidInCents, calledCents, callPaidCents, offeredCents])
            expect(cents >= 0n).toBe(true)
          expect(roomOf(position) >= 0n && openCallOf(position) >= 0n).toBe(true)
        }
      }),
    )
  })

  it('the pledge is the sum of its changes, on every day', () => {
    fc.assert(
      fc.property(anyMovements, fc.integer({ min: 1, max: 28 }), (given, day) => {
        const through = `2019-02-${String(day).padStart(2, '0')}`
        const movements = asMovements(given)
        for (const { memberId, pledgedCents } of positionsOf(movements, through)) {
          const own = pledgeChangesOf(movements, through).filter(({ id }) => id === memberId)
          expect(own.reduce((sum, { cents }) => sum + cents, 0n)).toBe(pledgedCents)
        }
      }),
    )
  })

  it('no movement does more than was recorded', () => {
    fc.assert(
      fc.property(anyMovements, (given) => {
        for (const { movement, cents } of fold(asMovements(given), '2019-02-28').effects)
          if (movement.refersTo === null) expect(cents <= movement.cents && cents >= 0n).toBe(true)
      }),
    )
  })
})
