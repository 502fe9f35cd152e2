import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { addDays, type Day, dayOf, RuleViolated, type Violation } from '#kernel'
import { Members } from '#members'
import { Clock, Database, Ids, isId, type Tx, type Visitor, violatedConstraint } from '#platform'
import { AroundMandates, mayEnd, mayPropose, mayWithdraw, visitorMayConfirm } from './around.service.js'
import { Holding } from './holding.service.js'
import { MandateNotices } from './mandate-notices.js'
import { type MandateFunction, type Span, standingOf } from './rules/mandate.js'
import { checkDays, checkMember, holdsFrom } from './rules/proposal.js'
import {
  insertMandate,
  insertMandateEvent,
  lockMandatesOf,
  readMandates,
  type StoredMandate,
} from './store/mandate-records.js'

const FAR_AHEAD: Day = '9999-12-31'

/** Who is proposed to act for a member, and on which days. */
export interface MandateRequest extends Span {
  memberId: string
  function: MandateFunction
  name: string
  email: string
  reason: string
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** Appointing who acts for a member: proposed by one, confirmed by another. */
@Injectable()
export class Appointing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(AroundMandates) private readonly around: AroundMandates,
    @Inject(Holding) private readonly holding: Holding,
    @Inject(MandateNotices) private readonly notices: MandateNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Proposes who is to act for a member; one proposal per function waits at a time. A repeat (same request key)
   * records nothing and answers with the first.
   * @throws RuleViolated `mandate.notYours`, `mandate.otherName` (params name: whose address it is),
   * `mandate.proposalRuns`, `mandate.requestKeyReused`, and the codes of `checkDays`, `checkMember` and
   * {@link Holding.plan}
   */
  async propose(visitor: Visitor, request: MandateRequest): Promise<{ id: string; repeated: boolean }> {
    if (!mayPropose(visitor, request.memberId)) throw RuleViolated.of('mandate.notYours')
    try {
      return await this.database.transaction((tx) => this.proposeIn(tx, visitor, request))
    } catch (error) {
      if (violatedConstraint(error) !== 'mandates_request') throw error
      throw RuleViolated.of('mandate.requestKeyReused')
    }
  }

  /**
   * Confirms a proposal: from its first day, and never from before it was confirmed unless it was recorded
   * afterwards, the person has the role; the delegate before ends then. A repeat changes nothing.
   * @throws RuleViolated `mandate.unknown`, `mandate.mayNotConfirm`, `mandate.decided`, `mandate.overtaken`, and
   * the codes of `checkMember` and {@link Holding.plan}
   */
  async confirm(visitor: Visitor, id: string): Promise<void> {
    await this.decide(visitor, id, 'confirmed', async (tx, mandate, ofMember) => {
      const span = this.spanOf(mandate)
      if (span.until !== null && span.until <= span.from) throw RuleViolated.of('mandate.overtaken')
      RuleViolated.throwIfAny(await this.checkMember(tx, mandate.memberId, span))
      const given = { ...mandate, ...span }
      const plan = await this.holding.plan(tx, given, ofMember)
      RuleViolated.throwIfAny(plan.violations)
      await this.holding.begin(tx, given, plan, ofMember, visitor.personId)
      await this.holding.log(tx, 'mandate.confirmed', mandate, visitor.personId, span)
      const followed = ofMember.filter((one) => plan.endings.some(({ mandateId }) => mandateId === one.id))
      await this.notices.changed(tx, mandate, 'confirmed', { from: span.from, followed })
    })
  }

  /**
   * Refuses a proposal, with a reason. A repeat changes nothing.
   * @throws RuleViolated `mandate.unknown`, `mandate.mayNotConfirm`, `mandate.decided`, `mandate.reasonMissing`
   */
  async refuse(visitor: Visitor, id: string, reason: string): Promise<void> {
    if (!reason.trim()) throw RuleViolated.of('mandate.reasonMissing', {}, 'reden')
    await this.decide(visitor, id, 'refused', (tx, mandate) =>
      this.close(tx, visitor, mandate, 'refused', reason),
    )
  }

  /**
   * Takes a proposal back. A repeat changes nothing.
   * @throws RuleViolated `mandate.unknown`, `mandate.notYours`, `mandate.decided`
   */
  async withdraw(visitor: Visitor, id: string, reason = ''): Promise<void> {
    await this.locked(id, async (tx, mandate) => {
      if (!mayWithdraw(visitor, mandate)) throw RuleViolated.of('mandate.notYours')
      if (isDecidedAs(mandate, 'withdrawn')) return
      await this.close(tx, visitor, mandate, 'withdrawn', reason)
    })
  }

  /**
   * Ends a mandate without a successor. A repeat changes nothing.
   * @param on the first day on which it no longer holds
   * @throws RuleViolated `mandate.unknown`, `mandate.mayNotEnd`, `mandate.reasonMissing`, `mandate.endPassed`,
   * `mandate.notHeld`
   */
  async end(visitor: Visitor, id: string, { on, reason }: { on: Day; reason: string }): Promise<void> {
    await this.locked(id, async (tx, mandate) => {
      if (!mayEnd(visitor, mandate)) throw RuleViolated.of('mandate.mayNotEnd')
      if (!reason.trim()) throw RuleViolated.of('mandate.reasonMissing', {}, 'reden')
      if (on < this.clock.today()) throw RuleViolated.of('mandate.endPassed', {}, 'dag')
      const { state, until } = standingOf(mandate)!
      if (state === 'confirmed' && until === on) return
      const by = visitor.personId
      const ended = await this.holding.end(tx, mandate, { on, cause: 'request', by, reason: reason.trim() })
      if (!ended) throw RuleViolated.of('mandate.notHeld', {}, 'dag')
      await this.notices.changed(tx, mandate, 'ended', { from: on, note: reason.trim() })
    })
  }

  /** The days on which a mandate would hold when it were confirmed today. */
  spanOf(mandate: Pick<StoredMandate, 'from' | 'until' | 'proposedAt'>): Span {
    const proposedOn = dayOf(mandate.proposedAt)
    return { from: holdsFrom({ from: mandate.from, proposedOn }, this.clock.today()), until: mandate.until }
  }

  private async proposeIn(tx: Tx, visitor: Visitor, request: MandateRequest) {
    const { memberId, from, until, reason } = request
    await lockMandatesOf(tx, memberId)
    const [earlier] = await readMandates(tx, { requestKey: request.requestKey })
    if (earlier?.memberId === memberId) return { id: earlier.id, repeated: true }
    const today = this.clock.today()
    const serviceTeam = visitor.has('serviceTeam')
    RuleViolated.throwIfAny(checkDays({ from, until }, { today, serviceTeam, reason }))
    RuleViolated.throwIfAny(await this.checkMember(tx, memberId, { from, until }))
    const personId = await this.personOf(tx, request)
    const ofMember = await readMandates(tx, { memberIds: [memberId] })
    if (ofMember.some((one) => one.function === request.function && this.waits(one)))
      throw RuleViolated.of('mandate.proposalRuns')
    const mandate: StoredMandate = {
      ...{ id: this.ids.next(), memberId, personId, function: request.function, from, until, reason },
      ...{ proposedBy: visitor.personId, proposedAt: this.clock.now(), assignmentId: null, events: [] },
    }
    RuleViolated.throwIfAny((await this.holding.plan(tx, mandate, ofMember)).violations)
    const { id, proposedBy, proposedAt } = mandate
    await insertMandate(tx, {
      ...{ id, memberId, personId, function: request.function, holdsFrom: from, holdsUntil: until },
      ...{ reason, requestKey: request.requestKey, proposedBy, proposedAt },
    })
    await this.holding.log(tx, 'mandate.proposed', mandate, visitor.personId, { from, until, reason })
    await this.notices.proposed(tx, mandate, await this.around.of(tx, mandate, ofMember))
    return { id, repeated: false }
  }

  /** Whether a proposal still waits for a decision: one whose days have passed does not. */
  private waits(mandate: StoredMandate): boolean {
    const { state, until } = standingOf(mandate)!
    return state === 'pending' && (until === null || until > this.clock.today())
  }

  private async personOf(tx: Tx, { name, email }: MandateRequest): Promise<string> {
    const known = await this.people.withAddress(email, tx)
    if (known && plain(known.name) !== plain(name))
      throw RuleViolated.of('mandate.otherName', { name: known.name }, 'naam')
    const address = email.trim().toLowerCase()
    return known?.id ?? (await this.people.addressed(tx, new Map([[address, name.trim()]]))).get(address)!
  }

  private async checkMember(tx: Tx, memberId: string, { from, until }: Span): Promise<Violation[]> {
    const status = async (day: Day) => (await this.members.find(memberId, day, tx))?.status ?? 'none'
    return checkMember({
      today: await status(this.clock.today()),
      onFirst: await status(from),
      onLast: await status(until === null ? FAR_AHEAD : addDays(until, -1)),
    })
  }

  private async decide(
    visitor: Visitor,
    id: string,
    as: 'confirmed' | 'refused',
    act: (tx: Tx, mandate: StoredMandate, ofMember: StoredMandate[]) => Promise<void>,
  ): Promise<void> {
    await this.locked(id, async (tx, mandate, ofMember) => {
      if (mandate.events.some(({ type, by }) => type === as && by === visitor.personId)) return
      if (!visitorMayConfirm(visitor, await this.around.of(tx, mandate, ofMember)))
        throw RuleViolated.of('mandate.mayNotConfirm')
      if (!isDecidedAs(mandate, as)) await act(tx, mandate, ofMember)
    })
  }

  /** Reads the mandate, and reads it again once no one else is deciding about the member's mandates. */
  private async locked(
    id: string,
    act: (tx: Tx, mandate: StoredMandate, ofMember: StoredMandate[]) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [found] = isId(id) ? await readMandates(tx, { id }) : []
      if (!found) throw RuleViolated.of('mandate.unknown')
      await lockMandatesOf(tx, found.memberId)
      const ofMember = await readMandates(tx, { memberIds: [found.memberId] })
      await act(tx, ofMember.find((one) => one.id === id)!, ofMember)
    })
  }

  private async close(
    tx: Tx,
    visitor: Visitor,
    mandate: StoredMandate,
    type: 'refused' | 'withdrawn',
    reason: string,
  ): Promise<void> {
    const recordedAt = this.holding.instantAfter([mandate])
    const closed = { mandateId: mandate.id, type, reason: reason.trim() }
    await insertMandateEvent(tx, { ...closed, recordedBy: visitor.personId, recordedAt })
    await this.holding.log(tx, `mandate.${type}`, mandate, visitor.personId, { reason })
    await this.notices.changed(tx, mandate, type, { from: mandate.from, note: reason.trim() })
  }
}

/** Whether it was decided in this way already. @throws RuleViolated `mandate.decided` when in another */
function isDecidedAs(mandate: StoredMandate, as: 'confirmed' | 'refused' | 'withdrawn'): boolean {
  const { state } = standingOf(mandate)!
  if (state === 'pending') return false
  if (state === as) return true
  throw RuleViolated.of('mandate.decided')
}

const plain = (name: string) => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('nl')
