import { describe, expect, it } from 'vitest'
import { roomOf, roomOfAll } from './holding.js'

describe('the room of a holder', () => {
  it.each([
    ['nothing called', 600n, 0n, 600n],
    ['a part called', 600n, 200n, 400n],
    ['all called', 600n, 600n, 0n],
    ['more called than pledged is left after a release', 100n, 200n, 0n],
  ])('%s', (_, pledgedCents, calledCents, room) => {
    expect(roomOf({ pledgedCents, calledCents })).toBe(room)
  })

  it('adds up', () => {
    expect(
      roomOfAll([
        { pledgedCents: 600n, calledCents: 100n },
        { pledgedCents: 50n, calledCents: 60n },
      ]),
    ).toBe(500n)
    expect(roomOfAll([])).toBe(0n)
  })
})
