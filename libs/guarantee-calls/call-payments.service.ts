import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type BankLine, type OpenItem, SettledByBank } from '#bank'
import { GuaranteeRecords, Guarantees } from '#guarantees'
import { formatCents, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Members } from '#members'
import { Audit, Clock, type Tx, type Visitor } from '#platform'
import { CallNotices } from './call-notices.js'
import {
  type Call,
  type CalledHolder,
  callPath,
  GUARANTEE_CALL,
  GuaranteeCalls,
} from './guarantee-calls.service.js'
import { accounts } from './rules/accounts.js'
import { GuaranteeCallPaymentRow } from './store/claim-entities.js'

/** What holders pay is ticked off against the lines of the bank, under four eyes; here it is recorded and booked. */
@Injectable()
export class CallPayments implements OnModuleInit {
  constructor(
    @Inject(SettledByBank) private readonly settledByBank: SettledByBank,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(Members) private readonly members: Members,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(CallNotices) private readonly notices: CallNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.settledByBank.add(GUARANTEE_CALL, this)
  }

  /** What holders still have to pay; the reference of a claim is its id. */
  async openItems(tx: Tx): Promise<OpenItem[]> {
    const items: OpenItem[] = []
    for (const call of await this.calls.all(tx))
      for (const holder of call.holders)
        if (holder.claim && holder.openCents > 0n) items.push(await this.itemOf(tx, call, holder))
    return items
  }

  /** @throws RuleViolated `call.claimGone`, `call.paidTooMuch` */
  async settle(tx: Tx, visitor: Visitor, reference: string, line: BankLine): Promise<void> {
    const known = await this.find(tx, reference)
    await this.guarantees.lockedYear(known.call.year, tx)
    const { call, holder } = await this.find(tx, reference)
    if (line.cents > holder.openCents) throw RuleViolated.of('call.paidTooMuch', { reference })
    const { memberId } = holder
    const { issuedOn } = call.issue!
    const by = visitor.personId
    const movementId = await this.records.recordMovement(tx, {
      ...{ memberId, type: 'callPaid', cents: line.cents, document: reference, by },
      onDay: line.bookedOn < issuedOn ? issuedOn : line.bookedOn,
    })
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `guarantee-call-payment:${line.id}:${reference}`,
      ...{ onDay: line.bookedOn, whenClosed: 'firstOpenDay', recordedBy: by },
      description: `Betaling van ${holder.name} op aanspraak ${call.reference}`,
      document: `${reference}, ${line.statementReference}`.slice(0, 100),
      postings: [
        { account: accounts.bank, cents: line.cents },
        { account: accounts.receivable, memberId, cents: -line.cents },
      ],
    })
    await tx.getRepository(GuaranteeCallPaymentRow).insert({
      ...{ bankLineId: line.id, callId: call.id, memberId, cents: line.cents, paidOn: line.bookedOn },
      ...{ movementId, entryId, recordedAt: this.clock.now(), recordedBy: by },
    })
    await this.audit.record(tx, {
      ...{ actorId: by, action: 'guaranteeCall.paid', subject: { kind: GUARANTEE_CALL, id: call.id } },
      details: { reference, cents: line.cents, line: line.statementReference },
    })
    await this.notices.tellReceived(tx, call, holder, line)
  }

  private async itemOf(
    tx: Tx,
    call: Call,
    { claim, memberId, name, openCents }: CalledHolder,
  ): Promise<OpenItem> {
    const details = await this.members.details(memberId, this.clock.today(), tx)
    return {
      ...{ id: claim!.reference, kind: GUARANTEE_CALL, reference: claim!.reference, cents: openCents },
      label: `${claim!.reference}, ${name}: aanspraak van ${formatCents(call.amountCents)}`,
      iban: details?.iban ?? null,
      href: `${callPath(call)}/leden/${memberId}`,
    }
  }

  private async find(tx: Tx, reference: string): Promise<{ call: Call; holder: CalledHolder }> {
    for (const call of await this.calls.all(tx)) {
      const holder = call.holders.find(({ claim }) => claim?.reference === reference)
      if (holder && holder.openCents > 0n) return { call, holder }
    }
    throw RuleViolated.of('call.claimGone', { reference })
  }
}
