import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { readMovements } from './store/guarantee-register.store.js'

/** What a member pledged and paid in, for its complete file. */
@Injectable()
export class GuaranteesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('guarantees', 50, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const movements = await readMovements(this.database.read, [memberId])
    return [
      {
        key: 'guarantees.dossier.movements',
        columns: ['on', 'type', 'document', 'recordedAt', 'amount'],
        rows: movements.toReversed().map(({ onDay, type, document, recordedAt, cents }) => ({
          on: { day: onDay },
          type: { word: `guarantees.dossier.type.${type}` },
          document,
          recordedAt: { at: recordedAt },
          amount: { cents },
        })),
      },
    ]
  }
}
