import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { People } from '#identity'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { standingOf } from './rules/mandate.js'
import { readMandates } from './store/mandate-records.js'
import { lastDay } from './words.js'

/** Who was proposed and confirmed to act for a member, for the member's complete file. */
@Injectable()
export class MandatesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('mandates', 25, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const mandates = await readMandates(this.database.read, { memberIds: [memberId] })
    const named = await this.people.named(mandates.map(({ personId }) => personId))
    return [
      {
        key: 'mandates.dossier.mandates',
        columns: ['name', 'function', 'from', 'until', 'state', 'reason', 'proposedAt'],
        rows: mandates.map((mandate) => {
          const { state, from, until } = standingOf(mandate)!
          return {
            name: named.get(mandate.personId)?.name ?? null,
            function: { word: `mandates.functionNames.${mandate.function}` },
            from: { day: from },
            until: until && { day: lastDay(until) },
            state: { word: `mandates.dossier.states.${state}` },
            reason: mandate.reason,
            proposedAt: { at: mandate.proposedAt },
          }
        }),
      },
    ]
  }
}
