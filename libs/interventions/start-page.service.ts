import { Inject, Injectable } from '@nestjs/common'
import type { Happening, Task, Visitor } from '#platform'
import { actorsOf, Interventions, type KnownCase } from './interventions.service.js'

/** What interventions ask of both parties, the director and the chair, and what was done in them. */
@Injectable()
export class InterventionStartPage {
  constructor(@Inject(Interventions) private readonly interventions: Interventions) {}

  /** The cases in which it is this visitor's turn. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const known = await this.interventions.visibleTo(visitor)
    return known
      .filter((one) => one.now.turn.some((actor) => actorsOf(visitor, one).includes(actor)))
      .map((one) => ({
        ...{ key: `interventions.tasks.${one.now.state}`, values: valuesOf(one) },
        ...{ href: `/ingrepen/${one.id}`, dueOn: one.now.dueOn, openNow: false },
      }))
  }

  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const known = await this.interventions.visibleTo(visitor)
    return known.flatMap((one) =>
      one.events.map(({ act, recordedAt }) => ({
        ...{ key: `interventions.happenings.${act}`, values: valuesOf(one) },
        ...{ href: `/ingrepen/${one.id}`, at: recordedAt },
      })),
    )
  }
}

function valuesOf({ reference, subject, agreement }: KnownCase) {
  return { reference, subject, area: agreement.areaName, party: agreement.counterparty.name }
}
