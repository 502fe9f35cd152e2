import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkAcceptance,
  checkGrant,
  checkStep,
  freezeCasters,
  type MemberProxy,
  type ProxiesNow,
  type ProxyEventType,
  type ProxyState,
  proxiesInForce,
  proxyStateAt,
} from './proxies.js'

const at = (second: number) => new Date(Date.UTC(2020, 1, 15, 10, 0, second))
const proxy = (
  principalId: string,
  holderId: string,
  ...events: [ProxyEventType, number][]
): MemberProxy => ({
  id: `${principalId} to ${holderId}`,
  principalId,
  holderId,
  grantedAt: at(1),
  events: events.map(([type, second]) => ({ type, at: at(second) })),
})
const accepted = (principalId: string, holderId: string) => proxy(principalId, holderId, ['accepted', 2])
const hall = (...proxies: MemberProxy[]): ProxiesNow => ({
  proxies,
  now: at(10),
  mayVote: new Set('abcdef'),
  cap: { most: 2, article: 'artikel 17 lid 3' },
})
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('a proxy', () => {
  it.each<[string, MemberProxy, number, ProxyState | null]>([
    ['before it is given', proxy('a', 'b'), 0, null],
    ['given', proxy('a', 'b'), 1, 'asked'],
    ['accepted, at that very instant', accepted('a', 'b'), 2, 'accepted'],
    ['revoked later, as it was then', proxy('a', 'b', ['accepted', 2], ['revoked', 5]), 4, 'accepted'],
    ['revoked', proxy('a', 'b', ['accepted', 2], ['revoked', 5]), 5, 'revoked'],
    ['declined', proxy('a', 'b', ['declined', 2]), 9, 'declined'],
  ])('%s', (_, one, second, state) => {
    expect(proxyStateAt(one, at(second))).toBe(state)
  })

  it.each<[string, ProxiesNow, string, string, string[]]>([
    ['BW 2:38 lid 4: to another who may vote', hall(), 'a', 'b', []],
    ['not by who may not vote', hall(), 'x', 'b', ['proxy.mayNotVote']],
    ['BW 2:38 lid 4: not to who may not vote', hall(), 'a', 'x', ['proxy.holderMayNotVote']],
    ['not to itself', hall(), 'a', 'a', ['proxy.toItself']],
    ['one at a time, also while it is only asked', hall(proxy('a', 'c')), 'a', 'b', ['proxy.alreadyGiven']],
    ['again after the first was declined', hall(proxy('a', 'c', ['declined', 2])), 'a', 'b', []],
    ['again after it was revoked', hall(proxy('a', 'c', ['accepted', 2], ['revoked', 3])), 'a', 'b', []],
    ['no chain: who holds one gives none', hall(accepted('c', 'a')), 'a', 'b', ['proxy.principalHolds']],
    ['who is only asked may still give one', hall(proxy('c', 'a')), 'a', 'b', []],
    ['no chain: who gave one holds none', hall(accepted('b', 'c')), 'a', 'b', ['proxy.holderGave']],
    [
      'artikel 17 lid 3: not above the cap',
      hall(accepted('c', 'b'), accepted('d', 'b')),
      'a',
      'b',
      ['proxy.capReached'],
    ],
    [
      'those that were returned do not fill the cap',
      hall(accepted('c', 'b'), proxy('d', 'b', ['accepted', 2], ['returned', 3])),
      'a',
      'b',
      [],
    ],
  ])('is given: %s', (_, now, principal, holder, broken) => {
    expect(codes(checkGrant(now, principal, holder))).toEqual(broken)
  })

  it.each<[string, ProxiesNow, string[]]>([
    ['by who is free', hall(), []],
    ['by who holds one of two', hall(accepted('c', 'b')), []],
    ['not above the cap', hall(accepted('c', 'b'), accepted('d', 'b')), ['proxy.capReached']],
    [
      'not at all where the statutes allow none',
      { ...hall(), cap: { most: 0, article: '17' } },
      ['proxy.capReached'],
    ],
    ['not by who gave one meanwhile', hall(proxy('b', 'c')), ['proxy.holderGave']],
    ['not by who may no longer vote', { ...hall(), mayVote: new Set('a') }, ['proxy.holderMayNotVote']],
  ])('is accepted: %s', (_, now, broken) => {
    expect(codes(checkAcceptance(now, proxy('a', 'b')))).toEqual(broken)
  })

  it.each<[ProxyState, ProxyEventType, string[]]>([
    ['asked', 'accepted', []],
    ['asked', 'declined', []],
    ['asked', 'revoked', []],
    ['asked', 'returned', ['proxy.notNow']],
    ['accepted', 'revoked', []],
    ['accepted', 'returned', []],
    ['accepted', 'declined', ['proxy.notNow']],
    ['revoked', 'accepted', ['proxy.over']],
    ['declined', 'accepted', ['proxy.over']],
    ['returned', 'revoked', ['proxy.over']],
  ])('%s → %s', (state, type, broken) => {
    expect(codes(checkStep(state, type))).toEqual(broken)
  })
})

describe('in force', () => {
  const one = accepted('a', 'b')
  it.each<[string, MemberProxy, string[], string, boolean]>([
    ['accepted, the principal away', one, [], 'ab', true],
    ['suspended while the principal is there', one, ['a'], 'ab', false],
    ['the holder being there changes nothing', one, ['b'], 'ab', true],
    ['only asked', proxy('a', 'b'), [], 'ab', false],
    ['revoked', proxy('a', 'b', ['accepted', 2], ['revoked', 3]), [], 'ab', false],
    ['the holder lost its vote', one, [], 'a', false],
    ['the principal lost its vote', one, [], 'b', false],
  ])('%s', (_, given, present, mayVote, inForce) => {
    expect(proxiesInForce([given], at(10), new Set(present), new Set(mayVote)).has('a')).toBe(inForce)
  })
})

describe('freezeCasters', () => {
  const electors = [...'abc'].map((memberId) => ({ memberId, casterIds: [`delegate of ${memberId}`] }))

  it('gives a represented member the casters of its holder, and only those', () => {
    const frozen = freezeCasters(electors, new Map([['a', accepted('a', 'b')]]))
    expect(frozen).toEqual([
      { memberId: 'a', casterIds: ['delegate of b'], holderId: 'b', proxyId: 'a to b' },
      { memberId: 'b', casterIds: ['delegate of b'], holderId: null, proxyId: null },
      { memberId: 'c', casterIds: ['delegate of c'], holderId: null, proxyId: null },
    ])
  })

  const step = fc.record({
    principal: fc.constantFrom(...'abcdef'),
    holder: fc.constantFrom(...'abcdef'),
    act: fc.constantFrom('grant' as const, 'accepted' as const, 'revoked' as const, 'returned' as const),
  })

  it('agrees with replaying what happened, never exceeds the cap and never makes a chain', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.subarray([...'abcdef']), (steps, there) => {
        const made: (MemberProxy & { events: { type: ProxyEventType; at: Date }[] })[] = []
        const naive = new Map<string, string>() // who holds for whom at the end
        for (const [second, { principal, holder, act }] of steps.entries()) {
          const now = { ...hall(...made), now: at(second + 1) }
          if (act === 'grant') {
            if (checkGrant(now, principal, holder).length === 0)
              made.push({
                ...proxy(principal, holder),
                id: `${made.length}`,
                grantedAt: at(second + 1),
                events: [],
              })
            continue
          }
          const last = made.findLast((one) => one.principalId === principal)
          const state = last && proxyStateAt(last, now.now)
          if (!state || checkStep(state, act).length > 0) continue
          if (act === 'accepted' && checkAcceptance(now, last).length > 0) continue
          last.events.push({ type: act, at: at(second + 1) })
          if (act === 'accepted') naive.set(principal, last.holderId)
          else naive.delete(principal)
        }
        const present = new Set(there)
        const all = [...'abcdef'].map((memberId) => ({ memberId, casterIds: [memberId] }))
        const frozen = freezeCasters(all, proxiesInForce(made, at(59), present, new Set('abcdef')))
        for (const { memberId, casterIds, holderId } of frozen) {
          const holder = present.has(memberId) ? undefined : naive.get(memberId)
          expect([casterIds, holderId]).toEqual([[holder ?? memberId], holder ?? null])
        }
        for (const member of 'abcdef') {
          const held = frozen.filter(({ holderId }) => holderId === member)
          expect(held.length).toBeLessThanOrEqual(2)
          if (held.length > 0) expect(frozen.find(({ memberId }) => memberId === member)!.holderId).toBeNull()
        }
      }),
    )
  })
})
