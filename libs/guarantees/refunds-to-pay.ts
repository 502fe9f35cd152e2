import { Injectable } from '@nestjs/common'
import type { Cents } from '#kernel'
import type { Tx } from '#platform'

/** Money that a holder gets back, as whoever pays it needs it. */
export interface RefundToPay {
  /** Of the movement. */
  id: string
  member: { id: string; name: string }
  cents: Cents
  /** The decision. */
  document: string
  by: string
  /** The account on which it stands as a debt until it is paid. */
  debitAccount: string
}

/** Who pays out what holders get back: it knows the guarantees, and they don't know it. */
@Injectable()
export class RefundsToPay {
  private pay: ((tx: Tx, refund: RefundToPay) => Promise<void>) | null = null

  /** The work is part of the transaction that decides the refund. */
  paidBy(pay: (tx: Tx, refund: RefundToPay) => Promise<void>): void {
    this.pay = pay
  }

  async tell(tx: Tx, refund: RefundToPay): Promise<void> {
    await this.pay?.(tx, refund)
  }
}
