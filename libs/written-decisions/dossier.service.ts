import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import type { WrittenChoice } from './rules/unanimity.js'

/** What a member answered to decisions without a meeting, for its complete file. */
@Injectable()
export class WrittenDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('written-decisions', 61, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const rows: {
      title: string
      choice: WrittenChoice
      person: string | null
      at: Date
      reference: string
    }[] = await this.database.read.query(
      `SELECT w.title, a.choice, p.name AS person, a.answered_at AS at, a.reference
         FROM written_decision_answers a JOIN written_decisions w ON w.id = a.written_decision_id
         LEFT JOIN people p ON p.id = a.answered_by
         WHERE a.member_id = $1 ORDER BY a.answered_at`,
      [memberId],
    )
    return [
      {
        key: 'written-decisions.dossier.answers',
        columns: ['title', 'choice', 'person', 'answeredAt', 'reference'],
        rows: rows.map(({ title, choice, person, at, reference }) => ({
          ...{ title, person, reference, answeredAt: { at } },
          choice: { word: `written-decisions.choice.${choice}` },
        })),
      },
    ]
  }
}
