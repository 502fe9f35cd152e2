import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { readChanges } from './store/change-records.js'

/** Changes that a member asked for in its own details, for the member's complete file. */
@Injectable()
export class MemberChangesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('member-changes', 15, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const changes = await readChanges(this.database.read, { memberIds: [memberId] })
    return [
      {
        key: 'member-changes.dossier.changes',
        columns: ['reference', 'field', 'before', 'after', 'from', 'reason', 'state', 'proposedAt'],
        rows: changes.toReversed().flatMap((change) =>
          change.changes.map(({ field, from, to }) => ({
            reference: change.reference,
            field: { word: `member-changes.fields.${field}` },
            before: from,
            after: to,
            from: { day: change.holdsFrom },
            reason: change.reason,
            state: { word: `member-changes.states.${change.state}` },
            proposedAt: { at: change.proposedAt },
          })),
        ),
      },
    ]
  }
}
