import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Choice, choices } from './ballot.js'
import { judge, type PollRule } from './poll-rule.js'
import { type CountedElector, countElectors } from './tally.js'

const share = fc
  .record({ num: fc.integer({ min: 1, max: 12 }), den: fc.integer({ min: 1, max: 12 }) })
  .filter(({ num, den }) => num <= den)
  .map(({ num, den }) => `${num}/${den}`)
const threshold = fc.record({ fraction: share, strict: fc.boolean() })
const article = 'artikel 18'

const anyRule: fc.Arbitrary<PollRule> = fc
  .record({
    majority: threshold,
    base: fc.constantFrom<PollRule['majority']['base'][]>('cast', 'present', 'electorate'),
    quorum: fc.option(threshold),
    blank: fc.constantFrom<PollRule['blank']['counts'][]>('excluded', 'included'),
    tie: fc.boolean(),
  })
  .map(({ majority, base, quorum, blank, tie }) => ({
    asOf: '2020-02-15',
    majority: { ...majority, base, article },
    quorum: { required: quorum, article },
    blank: { counts: blank, article },
    ...(tie ? { tie: { means: 'rejected' as const, article } } : {}),
    votesPerMember: { votes: 1, article },
  }))

const anyElectorate: fc.Arbitrary<CountedElector[]> = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 1, max: 3 }),
      choice: fc.option(fc.constantFrom<Choice[]>(...choices)),
      checkedIn: fc.boolean(),
    }),
    { maxLength: 14 },
  )
  .map((all) => all.map((one, at) => ({ ...one, memberId: `m${at}`, holderId: null })))

const outcome = (rule: PollRule, electors: readonly CountedElector[]) => judge(rule, countElectors(electors))

/** The same electorate in which one elector does something else. */
const with_ = (electors: readonly CountedElector[], at: number, change: Partial<CountedElector>) =>
  electors.map((one, index) => (index === at ? { ...one, ...change } : one))

describe('a verdict, whatever the ballots and the rule', () => {
  it('does not depend on the order of the ballots', () => {
    fc.assert(
      fc.property(anyRule, anyElectorate, fc.infiniteStream(fc.nat()), (rule, electors, numbers) => {
        const keyed = electors.map((one) => ({ one, key: numbers.next().value as number }))
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one)
        expect(outcome(rule, shuffled)).toEqual(outcome(rule, electors))
      }),
    )
  })

  it('with those present unchanged, is never helped by a blank that does not count', () => {
    fc.assert(
      fc.property(anyRule, anyElectorate, fc.nat(13), (anyOf, electors, at) => {
        const rule = { ...anyOf, blank: { ...anyOf.blank, counts: 'excluded' as const } }
        const silent = electors[at]
        fc.pre(silent?.checkedIn === true && silent.choice !== 'blank')
        const before = outcome(rule, with_(electors, at, { choice: null })).adopted
        const after = outcome(rule, with_(electors, at, { choice: 'blank' })).adopted
        expect(after).toBe(before)
        if (silent?.choice === 'for') expect(after && !outcome(rule, electors).adopted).toBe(false)
      }),
    )
  })

  it('never turns from adopted to rejected by one more vote for', () => {
    fc.assert(
      fc.property(anyRule, anyElectorate, fc.nat(13), (rule, electors, at) => {
        fc.pre(electors[at] !== undefined && electors[at].choice !== 'for' && outcome(rule, electors).adopted)
        expect(outcome(rule, with_(electors, at, { choice: 'for' })).adopted).toBe(true)
      }),
    )
  })
})
