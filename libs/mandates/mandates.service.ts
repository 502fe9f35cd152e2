import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { type Day, RuleViolated } from '#kernel'
import { Clock, Database, Ids, type Tx } from '#platform'
import { Holding } from './holding.service.js'
import { actingOn, type MandateFunction, mandateFunctions, standingOf } from './rules/mandate.js'
import {
  insertMandate,
  insertMandateEvent,
  lockMandatesOf,
  readMandates,
  type StoredMandate,
} from './store/mandate-records.js'

/** A person who acts for a member; `until` is the first day on which that is over, null while it runs on. */
export interface Acting {
  mandateId: string
  personId: string
  name: string
  email: string
  since: Day
  until: Day | null
}

/** Who acts for a member on a day. */
export type ActingFor = Record<MandateFunction, Acting | null>

/** Who acts for the members, as of a day and as it was known; and what other libraries do to it. */
@Injectable()
export class Mandates {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Holding) private readonly holding: Holding,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Who acts for a member on a day. @param knownAt as it was known then; by all that is known when absent */
  async actingFor(
    memberId: string,
    day: Day,
    knownAt?: Date,
    tx: Tx = this.database.read,
  ): Promise<ActingFor> {
    const acting = await this.acting(tx, await readMandates(tx, { memberIds: [memberId] }), day, knownAt)
    return acting.get(memberId) ?? { delegate: null, substitute: null }
  }

  /** Who acts for each member on a day, by the member's id; members for whom nobody acts are left out. */
  async onDay(day: Day, knownAt?: Date, tx: Tx = this.database.read): Promise<Map<string, ActingFor>> {
    return this.acting(tx, await readMandates(tx, {}), day, knownAt)
  }

  /** Whether this person acted for this member until it left: nobody came after. */
  async actedLast(personId: string, memberId: string, tx: Tx = this.database.read): Promise<boolean> {
    const mandates = await readMandates(tx, { personId, memberIds: [memberId] })
    return mandates.some(({ events }) => {
      const ends = events.filter((event) => event.type === 'ended')
      return ends.length > 0 && ends.every(({ cause }) => cause === 'membership')
    })
  }

  /**
   * Enters a mandate that needs no confirmation: of an admission, whose application names the delegate, or of an
   * older register. It gives the role, and ends the mandate of the one before it.
   * @param mandate.recordedAt when it was recorded, for who brings in an older register; now when absent
   * @throws RuleViolated the codes of {@link Holding.plan}
   */
  async enter(
    tx: Tx,
    mandate: {
      memberId: string
      personId: string
      function?: MandateFunction
      from: Day
      until?: Day | null
      by: string | null
      reason?: string
      recordedAt?: Date
    },
  ): Promise<string> {
    const { memberId, personId, from, until = null, by, reason = '', function: fn = 'delegate' } = mandate
    await lockMandatesOf(tx, memberId)
    const ofMember = await readMandates(tx, { memberIds: [memberId] })
    const given = { id: this.ids.next(), memberId, personId, function: fn, from, until }
    const plan = await this.holding.plan(tx, given, ofMember)
    RuleViolated.throwIfAny(plan.violations)
    const proposedAt = mandate.recordedAt ?? this.holding.instantAfter(ofMember)
    await insertMandate(tx, {
      ...{ id: given.id, memberId, personId, function: fn, holdsFrom: from, holdsUntil: until },
      ...{ reason, requestKey: null, proposedBy: by, proposedAt },
    })
    await this.holding.begin(tx, given, plan, ofMember, by, proposedAt)
    await this.holding.log(tx, 'mandate.entered', given, by, { from, until, reason })
    return given.id
  }

  /**
   * The membership ends on a day: from then on nobody acts for the member. What was only proposed is withdrawn
   * when that day has come. A repeat changes nothing.
   */
  async endAll(tx: Tx, memberId: string, on: Day, by: string | null): Promise<void> {
    const today = this.clock.today()
    await lockMandatesOf(tx, memberId)
    for (const mandate of await readMandates(tx, { memberIds: [memberId] })) {
      await this.holding.end(tx, mandate, { on, cause: 'membership', by })
      if (on > today || standingOf(mandate)!.state !== 'pending') continue
      await insertMandateEvent(tx, {
        ...{ mandateId: mandate.id, type: 'withdrawn', recordedBy: by },
        recordedAt: this.holding.instantAfter([mandate]),
      })
      await this.holding.log(tx, 'mandate.withdrawn', mandate, by)
    }
  }

  /** The membership does not end after all: what {@link endAll} ended runs on. A repeat changes nothing. */
  async continueAll(tx: Tx, memberId: string, by: string | null): Promise<void> {
    await lockMandatesOf(tx, memberId)
    for (const mandate of await readMandates(tx, { memberIds: [memberId] }))
      await this.holding.continue(tx, mandate, by)
  }

  private async acting(
    tx: Tx,
    mandates: readonly StoredMandate[],
    day: Day,
    knownAt?: Date,
  ): Promise<Map<string, ActingFor>> {
    const byMember = new Map<string, StoredMandate[]>()
    for (const one of mandates) byMember.set(one.memberId, [...(byMember.get(one.memberId) ?? []), one])
    const found = [...byMember].flatMap(([memberId, ofMember]) =>
      mandateFunctions.flatMap((fn) => {
        const acting = actingOn(ofMember, fn, day, knownAt)
        return acting ? [{ memberId, fn, ...acting }] : []
      }),
    )
    const named = await this.people.named([...new Set(found.map(({ mandate }) => mandate.personId))], tx)
    const result = new Map<string, ActingFor>()
    for (const { memberId, fn, mandate, from, until } of found) {
      const acting = result.get(memberId) ?? { delegate: null, substitute: null }
      const { personId, id: mandateId } = mandate
      const person = named.get(personId) ?? { name: '', email: '' }
      result.set(memberId, { ...acting, [fn]: { mandateId, personId, ...person, since: from, until } })
    }
    return result
  }
}
