import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { payoutReference } from './risk-margin.service.js'
import { readPayouts } from './store/distribution.store.js'

/** What a member was given of the risk margin, for its complete file. */
@Injectable()
export class RiskMarginDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('risk-margin', 55, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const payouts = await readPayouts(this.database.read, [memberId])
    return [
      {
        key: 'risk-margin.dossier.payouts',
        columns: ['year', 'reference', 'bookedAt', 'amount'],
        rows: payouts.toReversed().map(({ year, postedAt, partCents, earnedBackCents }) => ({
          year,
          reference: payoutReference(year),
          bookedAt: { at: postedAt },
          amount: { cents: partCents + earnedBackCents },
        })),
      },
    ]
  }
}
