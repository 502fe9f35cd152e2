import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { GuaranteeCalls } from './guarantee-calls.service.js'

/** What a member was called for and paid, for its complete file. */
@Injectable()
export class CallsDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('guarantee-calls', 52, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const mine = (await this.calls.all()).flatMap((call) =>
      call.holders
        .filter((holder) => holder.memberId === memberId && holder.claim !== null)
        .map((holder) => ({ call, holder })),
    )
    return [
      {
        key: 'guarantee-calls.dossier.calls',
        columns: ['reference', 'issuedOn', 'dueOn', 'state', 'part', 'paid'],
        rows: mine.toReversed().map(({ call, holder }) => ({
          reference: holder.claim!.reference,
          issuedOn: { day: call.issue!.issuedOn },
          dueOn: { day: call.issue!.dueOn },
          state: { word: `guarantee-calls.claim.${holder.state}` },
          part: { cents: holder.partCents },
          paid: { cents: holder.offsetCents + holder.paidCents },
        })),
      },
    ]
  }
}
