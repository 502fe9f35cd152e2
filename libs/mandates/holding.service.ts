import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day, Violation } from '#kernel'
import { Audit, Clock, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { type EndCause, overlap, standingOf } from './rules/mandate.js'
import { membersAtOnce, type NewMandate, type Succession, succeed } from './rules/succession.js'
import { insertMandateEvent, readMandates, type StoredMandate } from './store/mandate-records.js'

/** A mandate that begins to hold, with its days. */
type Beginning = NewMandate & { id: string; memberId: string }

/** What a mandate does: the role that goes with it begins and ends with it. Call under the member's lock. */
@Injectable()
export class Holding {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What would end, and what stands in the way, when this mandate held. The person is locked, so that two
   * members at once can't exceed what the statutes allow. Codes: those of `succeed`, `mandate.tooManyMembers`
   * (params name, members, article) and `mandate.chairIsIndependent`.
   */
  async plan(
    tx: Tx,
    given: NewMandate & { memberId: string },
    ofMember: readonly StoredMandate[],
  ): Promise<Succession> {
    await this.people.lock(tx, given.personId)
    const { endings, violations } = succeed(given, confirmed(ofMember))
    return { endings, violations: [...violations, ...(await this.checkPerson(tx, given))] }
  }

  /**
   * Gives the person the role for these days and ends what this mandate follows.
   * @param at when it was recorded, for who brings in older mandates
   */
  async begin(
    tx: Tx,
    mandate: Beginning,
    { endings }: Succession,
    ofMember: readonly StoredMandate[],
    by: string | null,
    at?: Date,
  ): Promise<void> {
    for (const { mandateId, on } of endings)
      await this.end(tx, ofMember.find(({ id }) => id === mandateId)!, { on, cause: 'successor', by })
    const { id, memberId, personId, from, until } = mandate
    const role = { personId, role: 'delegate' as const, scopeId: memberId }
    const assignmentId = await this.people.assign(tx, { ...role, from, by })
    if (until !== null) await this.people.endRole(tx, assignmentId, until, by)
    const recordedAt = at ?? this.instantAfter(ofMember)
    await insertMandateEvent(tx, {
      ...{ mandateId: id, type: 'confirmed', onDay: from, assignmentId, recordedBy: by, recordedAt },
    })
  }

  /** Ends a mandate with its role; one that ends sooner already, or never held, is left alone. */
  async end(
    tx: Tx,
    mandate: StoredMandate,
    { on, cause, by, reason = '' }: { on: Day; cause: EndCause; by: string | null; reason?: string },
  ): Promise<boolean> {
    const { state, until } = standingOf(mandate)!
    if (state !== 'confirmed' || (until !== null && until <= on)) return false
    await insertMandateEvent(tx, {
      ...{ mandateId: mandate.id, type: 'ended', onDay: on, cause, reason },
      ...{ recordedBy: by, recordedAt: this.instantAfter([mandate]) },
    })
    await this.people.endRole(tx, mandate.assignmentId!, on, by)
    await this.log(tx, 'mandate.ended', mandate, by, { on, cause, reason })
    return true
  }

  /** Takes back that a mandate ends with the membership, which runs on after all. */
  async continue(tx: Tx, mandate: StoredMandate, by: string | null): Promise<void> {
    if (!mandate.events.some((event) => event.type === 'ended' && event.cause === 'membership')) return
    const recordedAt = this.instantAfter([mandate])
    const continued = { type: 'continued' as const, at: recordedAt, by, reason: '' }
    const before = standingOf(mandate)!
    const { until } = standingOf({ ...mandate, events: [...mandate.events, continued] })!
    if (until === before.until) return
    await insertMandateEvent(tx, { mandateId: mandate.id, type: 'continued', recordedBy: by, recordedAt })
    await this.people.endRole(tx, mandate.assignmentId!, until, by)
    await this.log(tx, 'mandate.continued', mandate, by, { until })
  }

  /** Now, but never before what was recorded of these mandates: else the past would know of it. */
  instantAfter(mandates: readonly StoredMandate[]): Date {
    const recorded = mandates.flatMap(({ proposedAt, events }) => [proposedAt, ...events.map(({ at }) => at)])
    return new Date(Math.max(this.clock.now().getTime(), ...recorded.map((at) => at.getTime())))
  }

  async log(
    tx: Tx,
    action: string,
    mandate: { id: string; memberId: string; personId: string; function: string },
    by: string | null,
    details: object = {},
  ): Promise<void> {
    const { id, memberId, personId } = mandate
    await this.audit.record(tx, {
      actorId: by,
      action,
      subject: { kind: 'mandate', id },
      details: { memberId, personId, function: mandate.function, ...details },
    })
  }

  private async checkPerson(tx: Tx, given: NewMandate & { memberId: string }): Promise<Violation[]> {
    const { personId, memberId } = given
    const held = await this.people.heldBy(personId, tx)
    const isChair = held.some((one) => one.role === 'chair' && overlap(one, given))
    const violations: Violation[] = isChair ? [{ code: 'mandate.chairIsIndependent', path: 'email' }] : []
    const limit = (await this.statutes.asOf(given.from, tx)).find('delegateMembers')
    if (!limit) return violations
    const others = (await readMandates(tx, { personId })).filter((one) => one.memberId !== memberId)
    const spans = others.flatMap((one) => {
      const standing = standingOf(one)!
      return standing.state === 'confirmed' ? [{ ...standing, memberId: one.memberId }] : []
    })
    if (membersAtOnce(given, spans) <= limit.value) return violations
    const name = (await this.people.named([personId], tx)).get(personId)?.name ?? ''
    const params = { name, members: String(limit.value), article: limit.article }
    return [...violations, { code: 'mandate.tooManyMembers', params, path: 'email' }]
  }
}

/** The mandates that were confirmed, with the days on which they hold by all that is known. */
function confirmed(mandates: readonly StoredMandate[]) {
  return mandates.flatMap((mandate) => {
    const { state, from, until } = standingOf(mandate)!
    return state === 'confirmed' ? [{ ...mandate, from, until }] : []
  })
}
