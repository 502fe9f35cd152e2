import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { Departures } from './departures.service.js'

/** What was asked and decided about a membership, for the member's complete file. */
@Injectable()
export class DeparturesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Departures) private readonly departures: Departures,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('departures', 40, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const cases = (await this.departures.of([memberId])).toReversed()
    return [
      {
        key: 'departures.dossier.cases',
        columns: ['reference', 'type', 'givenOn', 'takesEffectOn', 'appealUntil', 'reason', 'recordedAt'],
        rows: cases.map(({ reference, type, givenOn, takesEffectOn, appealUntil, reason, recordedAt }) => ({
          reference,
          type: { word: `departures.recorded.${type}` },
          givenOn: { day: givenOn },
          takesEffectOn: takesEffectOn && { day: takesEffectOn },
          appealUntil: appealUntil && { day: appealUntil },
          reason,
          recordedAt: { at: recordedAt },
        })),
      },
      {
        key: 'departures.dossier.steps',
        columns: ['reference', 'type', 'on', 'decision', 'note'],
        rows: cases.flatMap(({ reference, steps }) =>
          steps.map(({ type, onDay, decisionNumber, note }) => ({
            reference,
            type: { word: `departures.steps.${type}` },
            on: { day: onDay },
            decision: decisionNumber,
            note,
          })),
        ),
      },
    ]
  }
}
