import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { BankAccounts } from '#bank'
import { divideCall, GuaranteeRecords, Guarantees } from '#guarantees'
import { addDays, type Cents, type Day, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, sha256Hex, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { CallNotices } from './call-notices.js'
import { type Call, GUARANTEE_CALL, GuaranteeCalls } from './guarantee-calls.service.js'
import { accounts } from './rules/accounts.js'
import { claimReference } from './rules/claim.js'
import { checkFrozen } from './rules/frozen-call.js'
import { GuaranteeCallCancellationRow, GuaranteeCallIssueRow } from './store/call-entities.js'
import { GuaranteeCallClaimRow } from './store/claim-entities.js'

/** Sending out an adopted call, exactly once; and taking back one on which nobody paid. */
@Injectable()
export class CallIssuing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(BankAccounts) private readonly bankAccounts: BankAccounts,
    @Inject(CallNotices) private readonly notices: CallNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Books what each holder owes, settles it first from what the holder had paid in, and writes to all of them: in one
   * transaction. A repeat (double click, two directors, after a crash) does nothing: they wait for each other, and the
   * primary key of `guarantee_call_issues` and the ledger's key would refuse a second one besides.
   * @throws NotFoundException; RuleViolated `call.withdrawn`, `call.notAdopted`, `call.noAccount`, `call.roomChanged`,
   * `call.changed`
   */
  async issue(visitor: Visitor, id: string): Promise<void> {
    await this.alone(id, async (tx, call) => {
      if (call.issue) return
      if (call.withdrawal) throw RuleViolated.of('call.withdrawn')
      if (call.state !== 'adopted' || call.standing.state !== 'adopted')
        throw RuleViolated.of('call.notAdopted')
      const account = await this.bankAccounts.own(tx)
      if (!account) throw RuleViolated.of('call.noAccount')
      const parts = call.parts.map(({ callId: _, position: __, ...part }) => part)
      RuleViolated.throwIfAny(checkFrozen({ ...call, parts }, sha256Hex(call.inputs), divideCall))
      const today = this.clock.today()
      const book = await this.statutes.asOf(today, tx)
      const paidIn = await this.checkRoom(tx, call, today)
      const issue: GuaranteeCallIssueRow = {
        ...{ callId: id, decisionId: call.standing.decision.id },
        ...{ decisionNumber: call.standing.decision.number, issuedOn: today },
        dueOn: addDays(today, book.get('callDueDays').value),
        reminderDays: [...(book.find('callReminderDays')?.value ?? [])],
        ...{
          iban: account.iban,
          accountName: account.name,
          entryId: await this.book(tx, visitor, call, today),
        },
        ...{ issuedAt: this.clock.now(), issuedBy: visitor.personId },
      }
      await tx.getRepository(GuaranteeCallIssueRow).insert(issue)
      await this.claim(tx, visitor, call, paidIn, today)
      await this.log(tx, visitor, 'guaranteeCall.issued', id, {
        ...{ decision: issue.decisionNumber, dueOn: issue.dueOn, amountCents: call.amountCents },
      })
      await this.notices.tellCalled(tx, (await this.calls.find({ id }, tx))!)
    })
  }

  /**
   * Takes a call back on which nothing was paid and nothing settled: every holder gets its room back, the entry is
   * reversed. A repeat changes nothing.
   * @throws NotFoundException; RuleViolated `call.notIssued`, `call.paidAlready`, `call.reasonNeeded`
   */
  async cancel(visitor: Visitor, id: string, given: string): Promise<void> {
    const reason = given.trim()
    if (reason === '' || reason.length > 1_000) throw RuleViolated.of('call.reasonNeeded', {}, 'reden')
    await this.alone(id, async (tx, call) => {
      if (call.cancellation) return
      if (!call.issue) throw RuleViolated.of('call.notIssued')
      if (!mayBeCancelled(call)) throw RuleViolated.of('call.paidAlready')
      const { entryId } = await this.ledger.reverse(tx, call.issue.entryId, reason, visitor.personId)
      for (const { memberId, partCents, claim } of call.holders)
        await this.records.recordMovement(tx, {
          ...{ memberId, type: 'callCancelled', cents: partCents, onDay: this.clock.today(), reason },
          ...{ document: claim!.reference, by: visitor.personId, refersTo: claim!.calledMovement },
        })
      await tx.getRepository(GuaranteeCallCancellationRow).insert({
        ...{ callId: id, reason, entryId },
        ...{ cancelledAt: this.clock.now(), cancelledBy: visitor.personId },
      })
      await this.log(tx, visitor, 'guaranteeCall.cancelled', id, { reason })
      await this.notices.tellCancelled(tx, call, reason)
    })
  }

  /** What each holder paid in. @throws RuleViolated `call.roomChanged` when a part no longer fits its pledge */
  private async checkRoom(tx: Tx, call: Call, today: Day): Promise<Map<string, Cents>> {
    const holders = new Map((await this.guarantees.holdersOn(today, tx)).map((one) => [one.memberId, one]))
    for (const { memberId, name, partCents } of call.parts) {
      const holder = holders.get(memberId)
      if (!holder || holder.pledgedCents - holder.calledCents < partCents)
        throw RuleViolated.of('call.roomChanged', { name })
    }
    return new Map([...holders].map(([id, { paidInCents }]) => [id, paidInCents]))
  }

  /** To receive from each holder, against their contributions. */
  private async book(tx: Tx, visitor: Visitor, call: Call, today: Day): Promise<string> {
    const owed = call.parts.map(({ memberId, partCents }) => ({
      ...{ account: accounts.receivable, memberId, cents: partCents },
    }))
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `guarantee-call:${call.id}`,
      ...{ onDay: today, description: `Aanspraak op de garanties ${call.reference}` },
      document: `${call.reference}, ${decisionText(call)}`,
      recordedBy: visitor.personId,
      postings: [...owed, { account: accounts.contributions, cents: -call.amountCents }],
    })
    return entryId
  }

  /** The movements in the register, and what is settled at once from what was paid in. */
  private async claim(
    tx: Tx,
    visitor: Visitor,
    call: Call,
    paidIn: ReadonlyMap<string, Cents>,
    onDay: Day,
  ): Promise<void> {
    const offsets: { memberId: string; cents: Cents }[] = []
    for (const { memberId, number, partCents } of call.parts) {
      const reference = claimReference(call, number)
      const move = (type: 'called' | 'callOffset', cents: Cents) =>
        this.records.recordMovement(tx, {
          ...{ memberId, type, cents, onDay, document: reference, by: visitor.personId },
        })
      const calledMovement = await move('called', partCents)
      const held = paidIn.get(memberId) ?? 0n
      const offsetCents = held < partCents ? held : partCents
      const offsetMovement = offsetCents > 0n ? await move('callOffset', offsetCents) : null
      const row = { callId: call.id, memberId, reference, calledMovement, offsetCents, offsetMovement }
      await tx.getRepository(GuaranteeCallClaimRow).insert(row)
      if (offsetCents > 0n) offsets.push({ memberId, cents: offsetCents })
    }
    if (offsets.length === 0) return
    await this.ledger.post(tx, {
      idempotencyKey: `guarantee-call-offset:${call.id}`,
      ...{ onDay, description: `Aanspraak ${call.reference}: verrekend met gestorte garanties` },
      ...{ document: `${call.reference}, ${decisionText(call)}`, recordedBy: visitor.personId },
      postings: offsets.flatMap(({ memberId, cents }) => [
        { account: accounts.deposits, memberId, cents },
        { account: accounts.receivable, memberId, cents: -cents },
      ]),
    })
  }

  private async alone(id: string, work: (tx: Tx, call: Call) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.calls.find({ id }, tx)
      if (!known) throw new NotFoundException()
      await this.guarantees.lockedYear(known.year, tx)
      await work(tx, (await this.calls.find({ id }, tx))!)
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

/** Whether nothing was paid or settled on a call that is out. */
export function mayBeCancelled({ issue, cancellation, holders }: Call): boolean {
  const untouched = ({ claim, offsetCents, paidCents, treatment }: Call['holders'][number]) =>
    claim !== null && offsetCents === 0n && paidCents === 0n && treatment === null
  return issue !== null && cancellation === null && holders.every(untouched)
}

function decisionText({ standing }: Call): string {
  return standing.state === 'adopted' ? `besluit ${standing.decision.number}` : ''
}
