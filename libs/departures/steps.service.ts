import { Inject, Injectable } from '@nestjs/common'
import { Assemblies, isMeantAsDecisionNumber } from '#assemblies'
import { type Day, RuleViolated } from '#kernel'
import { type MemberOnDay, Members, type MembershipEvent } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { DepartureNotices } from './departure-notices.js'
import { Membership } from './membership.js'
import { checkStep, isEnding, isOpen, type StepType } from './rules/departure.js'
import { type Departure, insertStep, lockMember, readDepartures } from './store/departure-records.js'
import { mayTake } from './who-may.js'

/** What is said with a step. */
export interface StepRequest {
  step: StepType
  note: string
  /** Of the ALV, on an appeal: its number in the decision register, or where it stands on paper. */
  decisionNumber?: string | null
}

/** What happens to a case after it began: taken back, appealed, decided, lifted. */
@Injectable()
export class CaseSteps {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Membership) private readonly membership: Membership,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(DepartureNotices) private readonly notices: DepartureNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Takes a step in a case, with what it does to the register. Two at once wait for each other, and one closes
   * the case. A repeat of a step that was taken changes nothing.
   * @throws RuleViolated `departure.unknown`, `departure.decisionMissing`, `departure.decisionUnknown` (params
   * number), `departure.noteMissing`, and the codes of `checkStep` and of who may do it
   */
  async take(visitor: Visitor, id: string, request: StepRequest): Promise<void> {
    await this.database.transaction(async (tx) => {
      const today = this.clock.today()
      const found = await this.one(tx, id, today)
      mayTake(visitor, found, request.step)
      await lockMember(tx, found.memberId)
      const departure = await this.one(tx, id, today)
      if (departure.steps.some(({ type }) => type === request.step)) return
      RuleViolated.throwIfAny(checkStep(asCase(departure), request.step, today))
      checkRequest(request)
      await this.checkDecision(tx, request)
      const member = await this.members.find(departure.memberId, today, tx)
      if (!member) throw RuleViolated.of('departure.notAMember')
      await this.changeRegister(tx, visitor, departure, member, request)
      await this.insert(tx, visitor, departure, request)
      await this.notices.tell(tx, departure, member, request.step, request.note)
    })
  }

  /** Ends that were to come later make place for a sooner one. */
  async supersede(tx: Tx, visitor: Visitor, open: readonly Departure[]): Promise<void> {
    for (const departure of open.filter(({ type }) => isEnding(type))) {
      await this.voidEnd(tx, visitor, departure, departure.reason)
      await this.insert(tx, visitor, departure, { step: 'superseded', note: '' })
    }
  }

  /** A number of our own register has to be there; anything else says where the decision stands on paper. */
  private async checkDecision(tx: Tx, { decisionNumber }: StepRequest): Promise<void> {
    if (!decisionNumber || !isMeantAsDecisionNumber(decisionNumber)) return
    if (await this.assemblies.decisionNumbered(decisionNumber, tx)) return
    throw RuleViolated.of('departure.decisionUnknown', { number: decisionNumber }, 'besluit')
  }

  private async one(tx: Tx, id: string, today: Day): Promise<Departure> {
    const [departure] = await readDepartures(tx, today, { id })
    if (!departure) throw RuleViolated.of('departure.unknown')
    return departure
  }

  private async changeRegister(
    tx: Tx,
    visitor: Visitor,
    departure: Departure,
    member: MemberOnDay,
    { step, note }: StepRequest,
  ): Promise<void> {
    const today = this.clock.today()
    const others = (await readDepartures(tx, today, { memberIds: [member.id] })).filter(
      (other) => other.id !== departure.id && isOpen(asCase(other), today),
    )
    const belongs = member.status === 'member' || member.status === 'suspended'
    const record = (event: MembershipEvent) =>
      this.membership.record(tx, visitor, member.id, event, note || departure.reason)
    switch (step) {
      case 'withdrawn':
        return this.voidEnd(tx, visitor, departure, note)
      case 'lifted':
        if (others.some(({ type }) => type === 'expelled')) throw RuleViolated.of('departure.expulsionRuns')
        if (member.status === 'suspended') await record({ on: today, type: 'reinstated' })
        return
      case 'overturned':
        if (member.status === 'suspended' && !others.some(({ type }) => type === 'suspended'))
          await record({ on: today, type: 'reinstated' })
        return
      case 'lapsed':
      case 'upheld':
        if (!belongs) return
        await this.supersede(tx, visitor, others)
        await record({ on: today, type: 'ended' })
        return
      case 'approved':
        if (!belongs) throw RuleViolated.of('departure.notAMember')
        await record({ on: today, type: 'kindChanged', kind: departure.toKind! })
    }
  }

  private async voidEnd(tx: Tx, visitor: Visitor, departure: Departure, reason: string): Promise<void> {
    const { memberId, memberEventId } = departure
    if (memberEventId && isEnding(departure.type))
      await this.membership.takeBackEnd(tx, visitor, memberId, memberEventId, reason)
  }

  private async insert(tx: Tx, visitor: Visitor, departure: Departure, request: StepRequest): Promise<void> {
    const { step, note, decisionNumber = null } = request
    await insertStep(tx, {
      id: this.ids.next(),
      departureId: departure.id,
      type: step,
      note,
      decisionNumber: step === 'upheld' || step === 'overturned' ? decisionNumber : null,
      onDay: this.clock.today(),
      recordedBy: visitor.personId,
      recordedAt: this.clock.now(),
    })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `departure.${step}`,
      subject: { kind: 'departure', id: departure.id },
      details: { memberId: departure.memberId, reference: departure.reference, note, decisionNumber },
    })
  }
}

/** A case in the words of the rules. */
export function asCase(departure: Departure) {
  return { ...departure, steps: departure.steps.map(({ type }) => type) }
}

function checkRequest({ step, note, decisionNumber }: StepRequest): void {
  if ((step === 'upheld' || step === 'overturned') && !decisionNumber)
    throw RuleViolated.of('departure.decisionMissing', {}, 'besluit')
  if ((step === 'refused' || step === 'lifted') && !note.trim())
    throw RuleViolated.of('departure.noteMissing', {}, 'toelichting')
}
