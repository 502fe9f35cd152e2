import { describe, expect, it } from 'vitest'
import { judge, type PollRule } from './poll-rule.js'

const rule: PollRule = {
  asOf: '2020-02-15',
  majority: { fraction: '1/2', strict: true, base: 'cast', article: '18' },
  quorum: { required: { fraction: '1/2', strict: false }, article: '17' },
  blank: { counts: 'excluded', article: '18' },
  votesPerMember: { votes: 1, article: '16' },
}
const tally = { for: 34, against: 12, blank: 3, invalid: 0 }

describe('a frozen rule judges the count', () => {
  it('34 of 46 is more than half: at least 24 (article 18)', () => {
    const outcome = judge(rule, { tally, present: 49, electorate: 51 })
    expect(outcome).toMatchObject({
      adopted: true,
      base: 46,
      needed: 24,
      quorumReached: true,
      quorumNeeded: 26,
    })
  })

  it('adopts nothing below the quorum (article 17)', () => {
    const few = { for: 20, against: 0, blank: 0, invalid: 0 }
    expect(judge(rule, { tally: few, present: 20, electorate: 51 }).adopted).toBe(false)
  })

  it('knows statutes without a quorum', () => {
    const free: PollRule = { ...rule, quorum: { required: null, article: '17' } }
    expect(judge(free, { tally, present: 49, electorate: 500 }).adopted).toBe(true)
  })

  it('counts blank votes where the statutes say so', () => {
    const counted: PollRule = { ...rule, blank: { counts: 'included', article: '18' } }
    expect(judge(counted, { tally, present: 49, electorate: 51 }).base).toBe(49)
  })

  it('survives being kept as JSON', () => {
    const kept: PollRule = JSON.parse(JSON.stringify(rule))
    const count = { tally, present: 49, electorate: 51 }
    expect(judge(kept, count)).toEqual(judge(rule, count))
  })
})
