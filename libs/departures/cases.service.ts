import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { type MemberOnDay, Members, type MembershipEvent } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor, violatedConstraint } from '#platform'
import { Statutes } from '#statutes'
import { DepartureNotices } from './departure-notices.js'
import { Membership } from './membership.js'
import { MergedGuarantees } from './merged-guarantees.service.js'
import { checkNewCase, type DepartureType, isEnding, isOpen } from './rules/departure.js'
import { appealUntil, checkImmediateResignation, lastDayAfterNotice } from './rules/terms.js'
import { asCase, CaseSteps } from './steps.service.js'
import {
  type Departure,
  insertDeparture,
  lockMember,
  nextReference,
  readDepartures,
} from './store/departure-records.js'
import type { DepartureRow } from './store/entities.js'
import { mayBegin, nextDay } from './who-may.js'

/** What a delegate or director asks to record. */
export interface CaseRequest {
  memberId: string
  type: DepartureType
  reason: string
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
  /** A resignation at once: the day on which the member heard that its rights were restricted. */
  knownOn?: Day | null
  /** A dissolution or merger: the first day that the member is none; today when absent. */
  takesEffectOn?: Day | null
  /** A merger: the member that takes its place. */
  successorMemberId?: string | null
}

/** Beginning a case: resignation, cancellation, expulsion, suspension, dissolution, merger, another kind. */
@Injectable()
export class Cases {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(CaseSteps) private readonly steps: CaseSteps,
    @Inject(Membership) private readonly membership: Membership,
    @Inject(MergedGuarantees) private readonly merged: MergedGuarantees,
    @Inject(DepartureNotices) private readonly notices: DepartureNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Records a case with what it does to the register, in one transaction; two at once wait for each other.
   * A repeat (same request key) records nothing and answers with the first.
   * @throws RuleViolated `departure.notYourMember`, `departure.ownMember`, `departure.requestKeyReused`, and the
   * codes of `checkNewCase` and `checkImmediateResignation`
   */
  async begin(visitor: Visitor, request: CaseRequest): Promise<{ id: string; repeated: boolean }> {
    mayBegin(visitor, request)
    try {
      return await this.database.transaction((tx) => this.beginLocked(tx, visitor, request))
    } catch (error) {
      if (violatedConstraint(error) !== 'departures_request') throw error
      throw RuleViolated.of('departure.requestKeyReused')
    }
  }

  /** The last day of membership when notice were given today. */
  async lastDay(today: Day, tx?: Tx): Promise<Day> {
    const book = await this.statutes.asOf(today, tx)
    return lastDayAfterNotice(today, book.get('resignationNoticeWeeks').value)
  }

  private async beginLocked(tx: Tx, visitor: Visitor, request: CaseRequest) {
    const today = this.clock.today()
    await lockMember(tx, request.memberId)
    const [earlier] = await readDepartures(tx, today, { requestKey: request.requestKey })
    if (earlier) return { id: sameRequest(earlier, request).id, repeated: true }
    const member = await this.members.find(request.memberId, today, tx)
    if (!member) throw RuleViolated.of('departure.notAMember')
    const takesEffectOn = await this.takesEffectOn(tx, request, today)
    const open = (await readDepartures(tx, today, { memberIds: [member.id] })).filter((one) =>
      isOpen(asCase(one), today),
    )
    RuleViolated.throwIfAny(checkNewCase(request.type, takesEffectOn, { status: member.status, open }))
    await this.checkSuccessor(tx, request, today)
    if (isEnding(request.type)) await this.steps.supersede(tx, visitor, open)
    const row = await this.insert(tx, visitor, member, request, takesEffectOn)
    await this.merged.transfer(tx, row)
    await this.notices.tell(tx, { ...row, steps: [], state: 'running' }, member, row.type)
    return { id: row.id, repeated: false }
  }

  private async takesEffectOn(tx: Tx, request: CaseRequest, today: Day): Promise<Day | null> {
    switch (request.type) {
      case 'resigned':
        if (!request.knownOn) return nextDay(await this.lastDay(today, tx))
        RuleViolated.throwIfAny(checkImmediateResignation(today, request.knownOn))
        return today
      case 'cancelled':
        return nextDay(await this.lastDay(today, tx))
      case 'dissolved':
      case 'merged': {
        const day = request.takesEffectOn ?? today
        if (day < today) throw RuleViolated.of('departure.dayPassed', {}, 'dag')
        return day
      }
      case 'suspended':
        return today
      case 'expelled':
      case 'kindSwitch':
        return null
    }
  }

  private async checkSuccessor(tx: Tx, { type, memberId, successorMemberId }: CaseRequest, today: Day) {
    if (type !== 'merged') return
    const successor = successorMemberId ? await this.members.find(successorMemberId, today, tx) : null
    if (!successor || successor.id === memberId || successor.status !== 'member')
      throw RuleViolated.of('departure.successorNotAMember', {}, 'opvolger')
  }

  private async insert(
    tx: Tx,
    visitor: Visitor,
    member: MemberOnDay,
    request: CaseRequest,
    takesEffectOn: Day | null,
  ): Promise<DepartureRow> {
    const today = this.clock.today()
    const { type, reason } = request
    const event = registerEvent(type, member, today, takesEffectOn)
    const row: DepartureRow = {
      id: this.ids.next(),
      memberId: member.id,
      type,
      reference: await nextReference(tx, today.slice(0, 4)),
      reason,
      givenOn: today,
      knownOn: type === 'resigned' ? (request.knownOn ?? null) : null,
      takesEffectOn,
      appealUntil: type === 'expelled' ? appealUntil(today) : null,
      toKind: type === 'kindSwitch' ? (member.kind === 'voting' ? 'supporting' : 'voting') : null,
      successorMemberId: type === 'merged' ? (request.successorMemberId ?? null) : null,
      memberEventId: event && (await this.membership.record(tx, visitor, member.id, event, reason)),
      requestKey: request.requestKey,
      requestedBy: visitor.personId,
      recordedAt: this.clock.now(),
    }
    await insertDeparture(tx, row)
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `departure.${type}`,
      subject: { kind: 'departure', id: row.id },
      details: { memberId: member.id, reference: row.reference, takesEffectOn, reason },
    })
    return row
  }
}

/** What the register has to know at once; null when that waits for a decision. */
function registerEvent(
  type: DepartureType,
  member: MemberOnDay,
  today: Day,
  takesEffectOn: Day | null,
): MembershipEvent | null {
  if (isEnding(type)) return { on: takesEffectOn!, type: 'ended' }
  const suspends = type === 'suspended' || type === 'expelled'
  return suspends && member.status === 'member' ? { on: today, type: 'suspended' } : null
}

function sameRequest(earlier: Departure, request: CaseRequest): Departure {
  const same = earlier.memberId === request.memberId && earlier.type === request.type
  if (!same) throw RuleViolated.of('departure.requestKeyReused')
  return earlier
}
