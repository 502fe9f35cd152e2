import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type BankLine, SettledByBank } from '#bank'
import { addDays, type Cents, formatCents, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, type Tx, type Visitor } from '#platform'
import { Accounts, type KnownAccounts } from './accounts.service.js'
import { batchItems, paymentItem, returnItem } from './open-payments.js'
import { PaymentNotices } from './payment-notices.js'
import { maskedIban } from './rules/account.js'
import { type PaidClaim, paidPostings, returnedPostings } from './rules/settlement.js'
import { lockPayments } from './store/batch.store.js'
import {
  insertEndings,
  insertSettlements,
  type OfferedPayment,
  type PaymentSelection,
  readPayments,
} from './store/payment.store.js'

/** How long money can come back: a payment can be recalled for thirteen months (SEPA credit transfer rulebook). */
const RETURNED_WITHIN_DAYS = 400

/**
 * What the bank says of the payments: paid one by one, or a batch in one sum, or sent back. Each is booked once: a
 * payment is settled once and returned once by its primary key, and the ledger's keys refuse a second entry besides.
 */
@Injectable()
export class Settling implements OnModuleInit {
  constructor(
    @Inject(SettledByBank) private readonly bank: SettledByBank,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(PaymentNotices) private readonly notices: PaymentNotices,
  ) {}

  onModuleInit(): void {
    this.bank.add('payment', {
      openItems: async (tx) => (await this.unpaid(tx)).map(paymentItem),
      settle: (tx, visitor, id, line) => this.settle(tx, visitor, { ids: [id] }, `payment:${id}`, line),
    })
    this.bank.add('paymentBatch', {
      openItems: async (tx) => batchItems(await this.unpaid(tx)),
      settle: (tx, visitor, id, line) =>
        this.settle(tx, visitor, { batchId: id }, `payment-batch:${id}`, line),
    })
    this.bank.add('paymentReturn', {
      openItems: async (tx) => (await this.paid(tx)).map(returnItem),
      settle: (tx, visitor, id, line) => this.takeBack(tx, visitor, id, line),
    })
  }

  private async unpaid(tx: Tx): Promise<OfferedPayment[]> {
    return (await readPayments(tx, { live: true })).filter(({ paidOn }) => paidOn === null)
  }

  private async paid(tx: Tx): Promise<OfferedPayment[]> {
    const since = addDays(this.clock.today(), -RETURNED_WITHIN_DAYS)
    return (await readPayments(tx, { live: true })).filter(({ paidOn }) => paidOn !== null && paidOn >= since)
  }

  /**
   * Books what of these payments is still open. The same line again changes nothing.
   * @throws RuleViolated `payment.notOpen`, `payment.otherAmount`
   */
  private async settle(
    tx: Tx,
    visitor: Visitor,
    selection: PaymentSelection,
    key: string,
    line: BankLine,
  ): Promise<void> {
    await lockPayments(tx)
    const payments = await readPayments(tx, selection)
    const open = payments.filter(
      ({ approved, ended, paidOn }) => approved && ended === null && paidOn === null,
    )
    if (open.length === 0) {
      if (payments.some(({ paidByLine }) => paidByLine === line.id)) return
      throw RuleViolated.of('payment.notOpen')
    }
    checkAmount(line, -sumOf(open))
    const entryId = await this.book(tx, visitor, {
      ...{ key, line, documents: open, postings: paidPostings(open) },
      description:
        open.length === 1 ? `Betaald: ${open[0]!.name}` : `Betaalopdracht ${open[0]!.batch} betaald`,
    })
    const settled = { settledAt: this.clock.now(), settledBy: visitor.personId }
    const said = { paidOn: line.bookedOn, lineId: line.id, statement: line.statementReference, entryId }
    await insertSettlements(
      tx,
      open.map(({ id: paymentId }) => ({ paymentId, ...said, ...settled })),
    )
    await this.log(tx, visitor, 'payment.paid', open, line, entryId)
    const accounts = await this.accounts.known(open, tx)
    const on = { day: line.bookedOn }
    for (const payment of open)
      await this.notices.tellPaid(tx, payment.id, told(payment, accounts), {
        ...on,
        iban: maskedIban(payment.iban),
      })
  }

  /**
   * The money of a payment came back: the debt is there again. The same line again changes nothing.
   * @throws RuleViolated `payment.notPaid`, `payment.otherAmount`
   */
  private async takeBack(tx: Tx, visitor: Visitor, id: string, line: BankLine): Promise<void> {
    await lockPayments(tx)
    const [payment] = await readPayments(tx, { ids: [id] })
    if (payment?.endedByLine === line.id) return
    if (!payment || payment.paidOn === null || payment.ended !== null)
      throw RuleViolated.of('payment.notPaid')
    checkAmount(line, payment.cents)
    const reason = (line.returnReason ?? '').trim() || line.description.trim() || line.statementReference
    const entryId = await this.book(tx, visitor, {
      ...{ key: `payment-return:${id}`, line, documents: [payment], postings: returnedPostings(payment) },
      description: `Teruggekomen: ${payment.name}`,
    })
    const { payableId, attempt } = payment
    await insertEndings(tx, [
      {
        ...{
          paymentId: id,
          payableId,
          attempt,
          kind: 'returned',
          reason,
          endedOn: line.bookedOn,
          lineId: line.id,
        },
        ...{ entryId, endedAt: this.clock.now(), endedBy: visitor.personId },
      },
    ])
    await this.log(tx, visitor, 'payment.returned', [payment], line, entryId)
    await this.notices.tellReturned(tx, id, told(payment, await this.accounts.known([payment], tx)), reason)
  }

  private async book(
    tx: Tx,
    visitor: Visitor,
    entry: {
      key: string
      line: BankLine
      documents: readonly OfferedPayment[]
      postings: ReturnType<typeof paidPostings>
      description: string
    },
  ): Promise<string> {
    const { key, line, documents, postings, description } = entry
    const { endToEndId, messageId, document } = documents[0]!
    const reference = documents.length === 1 ? `${endToEndId}, ${document}` : messageId
    const { entryId } = await this.ledger.post(tx, {
      ...{ idempotencyKey: key, onDay: line.bookedOn, description, postings, whenClosed: 'firstOpenDay' },
      ...{ document: `${reference}, afschrift ${line.statementReference}`, recordedBy: visitor.personId },
    })
    return entryId
  }

  private log(
    tx: Tx,
    { personId }: Visitor,
    action: string,
    payments: readonly OfferedPayment[],
    line: BankLine,
    entryId: string,
  ): Promise<void> {
    return this.audit.recordAll(
      tx,
      payments.map(({ id, endToEndId, cents }) => ({
        ...{ actorId: personId, action, subject: { kind: 'payment', id } },
        details: { endToEndId, cents, line: line.id, on: line.bookedOn, entryId },
      })),
    )
  }
}

function checkAmount(line: BankLine, expected: Cents): void {
  if (line.cents === expected) return
  const params = { expected: formatCents(expected), booked: formatCents(line.cents) }
  throw RuleViolated.of('payment.otherAmount', params)
}

const sumOf = (payments: readonly PaidClaim[]) => payments.reduce((sum, { cents }) => sum + cents, 0n)

function told(payment: OfferedPayment, accounts: KnownAccounts) {
  const { payeeId, payeeName, cents, reference, description } = payment
  return { payeeMemberId: accounts.memberOf(payment), payeeId, payeeName, cents, reference, description }
}
