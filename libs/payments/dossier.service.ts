import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { Payables } from './payables.service.js'

/** What was paid to a member, or waits to be, for its complete file. */
@Injectable()
export class PaymentsDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Payables) private readonly payables: Payables,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('payments', 56, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const payables = await this.payables.ofMembers([memberId])
    return [
      {
        key: 'payments.dossier.payables',
        columns: ['reference', 'description', 'amount', 'state', 'iban', 'paidOn', 'reason', 'addedAt'],
        rows: payables
          .toSorted((a, b) => a.addedAt.getTime() - b.addedAt.getTime())
          .map(({ reference, description, cents, state, last, paidOn, addedAt }) => ({
            ...{ reference, description, amount: { cents }, state: { word: `payments.state.${state}` } },
            iban: last?.iban ?? null,
            paidOn: paidOn && { day: paidOn },
            reason: last?.reason || null,
            addedAt: { at: addedAt },
          })),
      },
    ]
  }
}
