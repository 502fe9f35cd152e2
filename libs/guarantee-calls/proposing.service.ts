import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { divideCall, Guarantees } from '#guarantees'
import { type Cents, formatCents, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Messages, sha256Hex, type Tx, type Visitor } from '#platform'
import { type Call, GUARANTEE_CALL, GuaranteeCalls } from './guarantee-calls.service.js'
import { callReference } from './rules/claim.js'
import { CALL_RULE, type CallInputs, type CallPart, freezeCall, partsOf } from './rules/frozen-call.js'
import { insertCall } from './store/call.store.js'
import { GuaranteeCallWithdrawalRow } from './store/call-entities.js'

/** A call as the director prepares it. */
export interface CallRequest {
  year: number
  amountCents: Cents
  /** Why the egalisatiereserve is needed. */
  reason: string
}

/**
 * Preparing a call: it binds the members' money, so the ALV decides. A proposal is frozen and never edited: withdraw it
 * and make another.
 */
@Injectable()
export class CallProposing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * What each holder would be asked, as the guarantees stand today; nothing is kept.
   * @throws RuleViolated of {@link partsOf}, `guarantee.noYear`
   */
  async preview(request: CallRequest, tx: Tx = this.database.read): Promise<CallPart[]> {
    return partsOf(await this.inputsOf(tx, request), divideCall)
  }

  /** What can be called today at the most. */
  async room(tx: Tx = this.database.read): Promise<Cents> {
    const holders = await this.guarantees.holdersOn(this.clock.today(), tx)
    return holders.reduce((sum, { pledgedCents, calledCents }) => sum + pledgedCents - calledCents, 0n)
  }

  /**
   * Freezes a call and puts it on an agenda. One at a time of a year waits for the ALV or to go out: the lock on the
   * subsidy years makes two directors wait for each other. A repeat (same request key) answers with the first.
   * @throws RuleViolated `guarantee.noYear`, `call.alreadyProposed`, of {@link partsOf}, and what
   * {@link Assemblies.submitMotion} throws
   */
  async propose(
    visitor: Visitor,
    request: CallRequest,
    assemblyId: string,
    requestKey: string,
  ): Promise<{ id: string }> {
    return this.database.transaction(async (tx) => {
      await this.guarantees.lockedYear(request.year, tx)
      const earlier = await this.calls.find({ requestKey }, tx)
      if (earlier) return { id: earlier.id }
      const before = (await this.calls.all(tx)).filter(({ year }) => year === request.year)
      const waiting = before.find(({ state }) => state === 'proposed' || state === 'adopted')
      if (waiting) throw RuleViolated.of('call.alreadyProposed', { reference: waiting.reference })
      const number = Math.max(0, ...before.map((one) => one.number)) + 1
      const inputs = { ...(await this.inputsOf(tx, request)), number }
      const parts = partsOf(inputs, divideCall)
      const text = freezeCall(inputs)
      const row = {
        ...{ id: this.ids.next(), year: request.year, number, amountCents: request.amountCents },
        ...{ inputs: text, sha256: sha256Hex(text), referenceDay: inputs.referenceDay, requestKey },
        ...{ proposedAt: this.clock.now(), proposedBy: visitor.personId },
      }
      await insertCall(tx, row, parts)
      await this.submitMotion(tx, assemblyId, row, inputs, parts.length)
      const { year, amountCents, sha256 } = row
      await this.log(tx, visitor, 'guaranteeCall.proposed', row.id, { year, number, amountCents, sha256 })
      return { id: row.id }
    })
  }

  /**
   * Takes a call back that the ALV does not vote on yet, or that it adopted and that did not go out. A repeat changes
   * nothing.
   * @throws NotFoundException, RuleViolated `call.alreadyIssued`, `call.reasonNeeded`, and `motion.pollOpened` while the
   * ALV votes on it
   */
  async withdraw(visitor: Visitor, id: string, given: string): Promise<void> {
    const reason = given.trim()
    if (reason === '' || reason.length > 1_000) throw RuleViolated.of('call.reasonNeeded', {}, 'reden')
    await this.database.transaction(async (tx) => {
      const known = await this.calls.find({ id }, tx)
      if (!known) throw new NotFoundException()
      await this.guarantees.lockedYear(known.year, tx)
      const call = (await this.calls.find({ id }, tx))!
      if (call.withdrawal) return
      if (call.issue) throw RuleViolated.of('call.alreadyIssued')
      if (call.state === 'proposed')
        await this.assemblies.withdrawMotion(tx, GUARANTEE_CALL, id, visitor.personId)
      await tx
        .getRepository(GuaranteeCallWithdrawalRow)
        .insert({ callId: id, reason, withdrawnAt: this.clock.now(), withdrawnBy: visitor.personId })
      await this.log(tx, visitor, 'guaranteeCall.withdrawn', id, { reason })
    })
  }

  /** The pledges of today, by member number. */
  private async inputsOf(tx: Tx, { year, amountCents, reason }: CallRequest): Promise<CallInputs> {
    if (!(await this.guarantees.year(year, tx)))
      throw RuleViolated.of('guarantee.noYear', { year: String(year) })
    const referenceDay = this.clock.today()
    const pledges = (await this.guarantees.holdersOn(referenceDay, tx))
      .filter(({ pledgedCents }) => pledgedCents > 0n)
      .map(({ memberId, number, name, pledgedCents, calledCents }) => ({
        ...{ id: memberId, number, name, cents: pledgedCents, calledCents },
      }))
      .toSorted((a, b) => a.number - b.number)
    const what = { year, number: 0, amountCents, reason: reason.trim(), referenceDay, pledges }
    return { kind: 'samen.guaranteeCall', rule: CALL_RULE, ...what }
  }

  private async submitMotion(
    tx: Tx,
    assemblyId: string,
    call: Pick<Call, 'id' | 'year' | 'number' | 'amountCents' | 'sha256' | 'proposedBy'>,
    { reason }: CallInputs,
    count: number,
  ): Promise<void> {
    const values = {
      ...{ reference: callReference(call), year: call.year, amount: formatCents(call.amountCents), count },
      ...{ reason, hash: call.sha256.slice(0, 12) },
    }
    const text = (part: string) => this.messages.text('nl', `guarantee-calls.motion.${part}`, values)
    await this.assemblies.submitMotion(tx, {
      ...{ assemblyId, title: text('title'), question: text('question'), explanation: text('explanation') },
      decisionType: 'ordinary',
      authorises: { kind: GUARANTEE_CALL, id: call.id },
      submittedBy: call.proposedBy,
    })
  }

  private log(tx: Tx, { personId }: Visitor, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, {
      actorId: personId,
      action,
      subject: { kind: GUARANTEE_CALL, id },
      details,
    })
  }
}
