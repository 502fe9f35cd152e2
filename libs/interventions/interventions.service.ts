import { Inject, Injectable } from '@nestjs/common'
import { type Agreement, Agreements } from '#agreements'
import { AssemblyRecords, AuthorisingMotions } from '#assemblies'
import { dayOf } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { actorsFor, maySee, type Onlooker } from './rules/actors.js'
import { type PermittedAct, permittedActs } from './rules/check-act.js'
import { type CaseEvent, type MotionFacts, type Standing, standing } from './rules/standing.js'
import type { Actor } from './rules/steps.js'
import { findCase, readCases, readEvents } from './store/case.store.js'
import type { InterventionCaseRow, InterventionEventRow } from './store/entities.js'

/** As a motion names what it is about. */
export const AUTHORISES = 'intervention'

/** An event as it stands in the register, with what the rules need to know of it. */
export type KnownEvent = CaseEvent & Omit<InterventionEventRow, 'case'>

/** An intervention or a notice of default: what it is about, what was done, and where it is today. */
export interface KnownCase extends Omit<InterventionCaseRow, 'case'> {
  /** `OOST-2` */
  reference: string
  agreement: Agreement
  events: [KnownEvent, ...KnownEvent[]]
  now: Standing<KnownEvent>
  /** On the agenda of an assembly, or decided there. */
  atAssembly: boolean
}

/** Reading interventions, both ways. Where a case is follows from its events and the day; nothing else is kept of it. */
@Injectable()
export class Interventions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
  ) {}

  /** A case whoever asks; null when there is none. */
  async find(id: string, tx: Tx = this.database.read): Promise<KnownCase | null> {
    const row = await findCase(tx, id)
    return row ? ((await this.known([row], tx))[0] ?? null) : null
  }

  /** All cases, or those of one agreement, the last begun first. */
  async all(agreement?: Agreement, tx: Tx = this.database.read): Promise<KnownCase[]> {
    return this.known(await readCases(tx, agreement && [agreement.id]), tx)
  }

  /** As {@link all}, but only what this visitor may read. */
  async visibleTo(visitor: Visitor, agreement?: Agreement): Promise<KnownCase[]> {
    return (await this.all(agreement)).filter((known) => isVisible(visitor, known))
  }

  private async known(rows: readonly InterventionCaseRow[], tx: Tx): Promise<KnownCase[]> {
    if (rows.length === 0) return []
    const agreements = new Map((await this.agreements.all(tx)).map((one) => [one.id, one]))
    const events = await readEvents(
      tx,
      rows.map(({ id }) => id),
    )
    const known: KnownCase[] = []
    for (const row of rows) {
      const own: KnownEvent[] = []
      for (const event of events.filter(({ caseId }) => caseId === row.id))
        own.push(await this.knownEvent(event, tx))
      known.push(this.standingCase(row, agreements.get(row.agreementId)!, own as KnownCase['events']))
    }
    return known
  }

  private standingCase(
    row: InterventionCaseRow,
    agreement: Agreement,
    events: KnownCase['events'],
  ): KnownCase {
    return {
      ...row,
      reference: `${agreement.areaSlug.toUpperCase()}-${row.number}`,
      agreement,
      events,
      now: standing(row.direction, events, row.ladder, this.clock.today()),
      atAssembly: events.some(({ motion }) => motion !== null && motion.state !== 'withdrawn'),
    }
  }

  private async knownEvent(event: InterventionEventRow, tx: Tx): Promise<KnownEvent> {
    const motion = event.assemblyId ? await this.motionOf(event.id, event.assemblyId, tx) : null
    return { ...event, by: event.recordedBy, on: dayOf(event.recordedAt), motion }
  }

  private async motionOf(id: string, assemblyId: string, tx: Tx): Promise<MotionFacts> {
    const found = await this.motions.standing({ kind: AUTHORISES, id }, tx)
    const { heldOn } = (await this.records.assembly(assemblyId, tx))!
    if (found.state === 'adopted' || found.state === 'rejected')
      return { state: 'decided', heldOn, decision: found.decision }
    return { state: found.state === 'withdrawn' ? 'withdrawn' : 'pending', heldOn, decision: null }
  }
}

/** How the rules see a visitor. */
export function onlookerOf(visitor: Visitor, { counterparty }: Agreement): Onlooker {
  return {
    personId: visitor.personId,
    ofCounterparty:
      visitor.hasFor('treasurer', counterparty.id) || visitor.hasFor('coordinator', counterparty.id),
    roles: visitor.roles.map(({ role }) => role),
  }
}

export function isVisible(visitor: Visitor, { agreement, atAssembly }: KnownCase): boolean {
  return maySee(onlookerOf(visitor, agreement), atAssembly)
}

/** In whose name the visitor may act in this case. */
export function actorsOf(visitor: Visitor, { agreement, events }: KnownCase): Actor[] {
  return actorsFor(onlookerOf(visitor, agreement), events)
}

/** What the visitor may do now. */
export function actsOf(visitor: Visitor, known: KnownCase): PermittedAct[] {
  return permittedActs(known.direction, known.now, actorsOf(visitor, known), visitor.personId)
}
