import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { RefundsToPay, type RefundToPay } from '#guarantees'
import type { Tx } from '#platform'
import { Payables } from './payables.service.js'

/** What a holder of a guarantee gets back of the money it paid in is to be paid. */
@Injectable()
export class GuaranteeRefunds implements OnModuleInit {
  constructor(
    @Inject(RefundsToPay) private readonly refunds: RefundsToPay,
    @Inject(Payables) private readonly payables: Payables,
  ) {}

  onModuleInit(): void {
    this.refunds.paidBy((tx, refund) => this.add(tx, refund))
  }

  private async add(tx: Tx, { id, member, cents, document, by, debitAccount }: RefundToPay): Promise<void> {
    await this.payables.add(tx, {
      ...{ key: `guarantee:${id}`, kind: 'callRefund', memberId: member.id, payeeName: member.name, cents },
      ...{ reference: document, description: 'Gestorte garantie terug', debitAccount, document, by },
    })
  }
}
