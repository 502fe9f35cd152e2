import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { type Call, type CalledHolder, GUARANTEE_CALL, GuaranteeCalls } from './guarantee-calls.service.js'
import { accounts } from './rules/accounts.js'
import { type Treatment } from './rules/claim.js'
import { type Actor, checkDefault, checkDefaultAnswer } from './rules/default.js'
import { findDefault, type StoredDefault } from './store/call.store.js'
import {
  type DefaultAnswer,
  GuaranteeCallDefaultAnswerRow,
  GuaranteeCallDefaultRow,
} from './store/claim-entities.js'

/** What is proposed about a holder that does not pay. */
export interface NewDefault {
  callId: string
  memberId: string
  treatment: Treatment
  reason: string
  requestKey: string
}

/**
 * A holder that does not pay after the last reminder: one person says what then, another agrees. What is written off is a
 * loss; it is never divided over the others by itself. For that a new call can be made.
 */
@Injectable()
export class CallDefaults {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Proposes it, for another person to confirm. Safe to repeat: one request key is one proposal.
   * @throws NotFoundException, RuleViolated `call.treatmentNeeded`, `call.reasonNeeded`, of {@link checkDefault}
   */
  async record(visitor: Visitor, given: NewDefault): Promise<void> {
    const { callId, memberId, treatment, requestKey } = given
    const reason = given.reason.trim()
    if (treatment !== 'pursued' && treatment !== 'writtenOff')
      throw RuleViolated.of('call.treatmentNeeded', {}, 'wat')
    if (reason === '' || reason.length > 1_000) throw RuleViolated.of('call.reasonNeeded', {}, 'reden')
    await this.alone(callId, async (tx, call) => {
      if (await findDefault(tx, { requestKey })) return
      const holder = holderIn(call, memberId)
      RuleViolated.throwIfAny(
        checkDefault(holder.state, treatment, holder.pending !== null, actorOf(visitor, memberId)),
      )
      const number = holder.claim!.defaults.length + 1
      await tx.getRepository(GuaranteeCallDefaultRow).insert({
        ...{ id: this.ids.next(), callId, memberId, number, treatment, cents: holder.openCents, reason },
        ...{ requestKey, recordedAt: this.clock.now(), recordedBy: visitor.personId },
      })
      await this.log(tx, visitor, 'guaranteeCall.defaultRecorded', callId, { memberId, treatment, reason })
    })
  }

  /**
   * Agrees with it: what is written off is booked as a loss. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `call.defaultAnswered`, `call.defaultChanged` when something was paid
   * meanwhile, of {@link checkDefaultAnswer}
   */
  async confirm(visitor: Visitor, id: string): Promise<void> {
    await this.answering(visitor, id, 'confirmed', async (tx, call, holder, recorded) => {
      RuleViolated.throwIfAny(checkDefaultAnswer(recorded.recordedBy, actorOf(visitor, holder.memberId)))
      if (holder.openCents !== recorded.cents) throw RuleViolated.of('call.defaultChanged')
      const entryId =
        recorded.treatment === 'writtenOff' ? await this.writeOff(tx, visitor, call, holder, recorded) : null
      return { note: '', entryId }
    })
  }

  /** Does not agree, with the reason. A repeat changes nothing. */
  async refuse(visitor: Visitor, id: string, given: string): Promise<void> {
    const note = given.trim()
    await this.answering(visitor, id, 'refused', async (_tx, _call, { memberId }, { recordedBy }) => {
      RuleViolated.throwIfAny(checkDefaultAnswer(recordedBy, actorOf(visitor, memberId)))
      if (note === '' || note.length > 1_000) throw RuleViolated.of('call.reasonNeeded', {}, 'toelichting')
      return { note, entryId: null }
    })
  }

  /** Takes the own proposal back. A repeat changes nothing. */
  async withdraw(visitor: Visitor, id: string): Promise<void> {
    await this.answering(visitor, id, 'withdrawn', async (_tx, _call, _holder, { recordedBy }) => {
      if (recordedBy !== visitor.personId) throw RuleViolated.of('call.notYourDefault')
      return { note: '', entryId: null }
    })
  }

  private async writeOff(
    tx: Tx,
    visitor: Visitor,
    call: Call,
    { memberId, name, claim }: CalledHolder,
    { id, cents }: StoredDefault,
  ): Promise<string> {
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `guarantee-call-written-off:${id}`,
      ...{ onDay: this.clock.today(), document: claim!.reference, recordedBy: visitor.personId },
      description: `Afgeboekt: ${name} betaalt aanspraak ${call.reference} niet`,
      postings: [
        { account: accounts.writtenOff, cents },
        { account: accounts.receivable, memberId, cents: -cents },
      ],
    })
    return entryId
  }

  private async answering(
    visitor: Visitor,
    id: string,
    answer: DefaultAnswer,
    work: (
      tx: Tx,
      call: Call,
      holder: CalledHolder,
      recorded: StoredDefault,
    ) => Promise<{ note: string; entryId: string | null }>,
  ): Promise<void> {
    const known = await findDefault(this.database.read, { id })
    if (!known) throw new NotFoundException()
    await this.alone(known.callId, async (tx, call) => {
      const recorded = (await findDefault(tx, { id }))!
      if (recorded.answer?.answer === answer) return
      if (recorded.answer) throw RuleViolated.of('call.defaultAnswered')
      const holder = holderIn(call, recorded.memberId)
      const outcome = await work(tx, call, holder, recorded)
      await tx.getRepository(GuaranteeCallDefaultAnswerRow).insert({
        ...{ defaultId: id, recordedBy: recorded.recordedBy, answer, ...outcome },
        ...{ answeredAt: this.clock.now(), answeredBy: visitor.personId },
      })
      const { memberId, treatment } = recorded
      await this.log(tx, visitor, `guaranteeCall.default.${answer}`, call.id, { memberId, treatment })
    })
  }

  private async alone(callId: string, work: (tx: Tx, call: Call) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.calls.find({ id: callId }, tx)
      if (!known) throw new NotFoundException()
      await this.guarantees.lockedYear(known.year, tx)
      await work(tx, (await this.calls.find({ id: callId }, tx))!)
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

export function actorOf(visitor: Visitor, memberId: string): Actor {
  return { personId: visitor.personId, isHoldersOwn: visitor.hasFor('delegate', memberId) }
}

function holderIn(call: Call, memberId: string): CalledHolder {
  const holder = call.holders.find((one) => one.memberId === memberId && one.claim !== null)
  if (!holder) throw new NotFoundException()
  return holder
}
