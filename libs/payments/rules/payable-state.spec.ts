import { describe, expect, it } from 'vitest'
import { isPayable, type LastAttempt, payableState } from './payable-state.js'

const OLD = 'NL91ABNA0417164300'
const NEW = 'NL02RABO0123456789'
const attempt = (rest: Partial<LastAttempt> = {}): LastAttempt => ({
  ...{ iban: OLD, paidOn: null, ended: null },
  ...rest,
})

describe('where a payable stands', () => {
  it.each([
    ['never offered, no IBAN', null, null, 'waitingForIban'],
    ['never offered', null, OLD, 'ready'],
    ['in a batch', attempt(), OLD, 'inBatch'],
    ['in a batch, while the IBAN was taken out of the register', attempt(), null, 'inBatch'],
    ['paid', attempt({ paidOn: '2020-03-02' }), OLD, 'paid'],
    ['paid, and the IBAN changed since', attempt({ paidOn: '2020-03-02' }), NEW, 'paid'],
    ['batch withdrawn', attempt({ ended: 'withdrawn' }), OLD, 'ready'],
    ['batch withdrawn, and no IBAN any more', attempt({ ended: 'withdrawn' }), null, 'waitingForIban'],
    ['refused by the bank', attempt({ ended: 'refusedByBank' }), OLD, 'ready'],
    ['came back', attempt({ paidOn: '2020-03-02', ended: 'returned' }), OLD, 'returned'],
    ['came back, another IBAN since', attempt({ paidOn: '2020-03-02', ended: 'returned' }), NEW, 'ready'],
    [
      'came back, no IBAN any more',
      attempt({ paidOn: '2020-03-02', ended: 'returned' }),
      null,
      'waitingForIban',
    ],
  ] as const)('%s', (_, last, iban, state) => {
    expect(payableState(last, iban)).toBe(state)
  })

  it('is offered again to the same account only when somebody asks for that', () => {
    expect(isPayable('returned', false)).toBe(false)
    expect(isPayable('returned', true)).toBe(true)
    expect(isPayable('ready', false)).toBe(true)
    for (const state of ['waitingForIban', 'inBatch', 'paid'] as const)
      expect(isPayable(state, true)).toBe(false)
  })
})
