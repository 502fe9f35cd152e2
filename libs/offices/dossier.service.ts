import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { addDays } from '#kernel'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { readTerms } from './store/office-records.js'

/** Offices that the people of a member hold or held, for the member's complete file. */
@Injectable()
export class OfficesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('offices', 27, this)
  }

  async fileOf({ personIds }: DossierSubject): Promise<DossierSection[]> {
    const terms = (await readTerms(this.database.read)).filter(({ personId }) => personIds.includes(personId))
    return [
      {
        key: 'offices.dossier.terms',
        columns: ['name', 'office', 'from', 'until', 'decision', 'note', 'endReason'],
        rows: terms.map(({ name, office, from, until, decision, note, endReason }) => ({
          ...{ name, decision, note, endReason },
          office: { word: `offices.names.${office}` },
          from: { day: from },
          until: until && { day: addDays(until, -1) },
        })),
      },
    ]
  }
}
