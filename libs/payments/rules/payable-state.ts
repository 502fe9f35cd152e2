import type { Day } from '#kernel'

export const payableKinds = ['riskMargin', 'preInvestment', 'advance', 'callRefund'] as const
export type PayableKind = (typeof payableKinds)[number]

/** Where a payable stands. A returned one is ready again as soon as there is another IBAN. */
export type PayableState = 'waitingForIban' | 'ready' | 'inBatch' | 'paid' | 'returned'

/** How a payment ended without being paid for good. */
export type EndingKind = 'withdrawn' | 'refusedByBank' | 'returned'

/** The last attempt to pay, with what became of it. */
export interface LastAttempt {
  iban: string
  paidOn: Day | null
  ended: EndingKind | null
}

/** @param iban where it would be paid to now; null when there is no IBAN that can be paid to */
export function payableState(last: LastAttempt | null, iban: string | null): PayableState {
  if (last && last.ended === null) return last.paidOn === null ? 'inBatch' : 'paid'
  if (iban === null) return 'waitingForIban'
  return last?.ended === 'returned' && last.iban === iban ? 'returned' : 'ready'
}

/** Whether a payable can go into a batch: a returned one only when somebody asks for the same account again. */
export function isPayable(state: PayableState, sameAccountAgain: boolean): boolean {
  return state === 'ready' || (state === 'returned' && sameAccountAgain)
}
