import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { MemberReading } from './reading.service.js'
import type { Recording } from './store/facts.store.js'

/** What the register holds of a member, for its complete file: every fact, also what was corrected. */
@Injectable()
export class MembersDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(MemberReading) private readonly reading: MemberReading,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('members', 10, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const { events, details, names } = await this.reading.history(memberId)
    const corrected = new Set([...events, ...details].map(({ corrects }) => corrects))
    const recording = ({ id, reason, recordedAt, recordedBy, corrects, void: withdraws }: Recording) => ({
      reason,
      recordedAt: { at: recordedAt },
      recordedBy: recordedBy === null ? null : (names.get(recordedBy)?.name ?? recordedBy),
      standing: { word: `members.dossier.standing.${standingOf(withdraws, corrects, corrected.has(id))}` },
    })
    return [
      {
        key: 'members.dossier.events',
        columns: ['on', 'event', 'kind', 'standing', 'reason', 'recordedAt', 'recordedBy'],
        rows: events.map((row) => ({
          on: { day: row.fact.on },
          event: { word: `members.dossier.event.${row.fact.type}` },
          kind: 'kind' in row.fact ? { word: `members.kindOf.${row.fact.kind}` } : null,
          ...recording(row),
        })),
      },
      {
        key: 'members.dossier.details',
        columns: [
          ...[
            'on',
            'name',
            'founder',
            'legalForm',
            'chamberNumber',
            'rsin',
            'street',
            'postalCode',
            'city',
            'iban',
          ],
          ...['neighbourhoods', 'contactName', 'contactEmail', 'contactPhone', 'note'],
          ...['standing', 'reason', 'recordedAt', 'recordedBy'],
        ],
        rows: details.map((row) => ({
          ...row.fact,
          on: { day: row.fact.on },
          legalForm: row.fact.legalForm && { word: `members.particulars.form.${row.fact.legalForm}` },
          founder: { word: `members.dossier.${row.fact.founder ? 'yes' : 'no'}` },
          neighbourhoods: row.fact.neighbourhoods.join(', '),
          ...recording(row),
        })),
      },
    ]
  }
}

function standingOf(withdraws: boolean, corrects: string | null, isCorrected: boolean): string {
  if (isCorrected) return 'corrected'
  if (withdraws) return 'withdraws'
  return corrects === null ? 'stands' : 'corrects'
}
