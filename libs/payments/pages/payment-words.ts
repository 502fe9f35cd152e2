import { Inject, Injectable } from '@nestjs/common'
import { groupedIban } from '#members'
import { type Language, Messages } from '#platform'
import type { PayableState } from '../rules/payable-state.js'
import type { StoredBatch } from '../store/batch.store.js'
import type { OfferedPayment } from '../store/payment.store.js'

export const VIEWS = 'libs/payments/pages/views'

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

const payableTones: Record<PayableState, Tone> = {
  ...{ waitingForIban: 'warn', ready: 'neutral', inBatch: 'neutral', paid: 'good', returned: 'bad' },
}

/** What the pages of payments have in common. */
@Injectable()
export class PaymentWords {
  constructor(@Inject(Messages) readonly messages: Messages) {}

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `payments.${key}`, values)
  }

  payable(lang: Language, state: PayableState): { value: string; tone: Tone } {
    return { value: this.say(lang, `state.${state}`), tone: payableTones[state] }
  }

  /** Where a batch stands: waiting for an approval, with the bank, or done. */
  batch(lang: Language, batch: StoredBatch): { value: string; tone: Tone } {
    const state = batchState(batch)
    const tones: Record<typeof state, Tone> = {
      ...{ waiting: 'warn', approvedOnce: 'warn', approved: 'neutral', done: 'good' },
      ...{ withdrawn: 'bad', rejected: 'bad' },
    }
    return { value: this.say(lang, `batch.state.${state}`), tone: tones[state] }
  }

  payment(lang: Language, { ended, paidOn, approved }: OfferedPayment): { value: string; tone: Tone } {
    if (ended) return { value: this.say(lang, `payment.${ended}`), tone: 'bad' }
    if (paidOn) return { value: this.say(lang, 'payment.paid'), tone: 'good' }
    return { value: this.say(lang, `payment.${approved ? 'offered' : 'waiting'}`), tone: 'neutral' }
  }
}

/** An IBAN in groups that stay on one line. */
export const ibanOnOneLine = (iban: string) => groupedIban(iban).replaceAll(' ', '\u00a0')

export type BatchState = 'waiting' | 'approvedOnce' | 'approved' | 'done' | 'withdrawn' | 'rejected'

function batchState({ outcome, approvals, count, paid, returned, refused }: StoredBatch): BatchState {
  if (!outcome) return approvals.length === 0 ? 'waiting' : 'approvedOnce'
  if (outcome.kind !== 'approved') return outcome.kind
  return paid + returned + refused === count ? 'done' : 'approved'
}
