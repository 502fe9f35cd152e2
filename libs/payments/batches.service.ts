import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { BankAccounts } from '#bank'
import { canonicalJson, RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor, violatedConstraint } from '#platform'
import { type Payable, Payables } from './payables.service.js'
import { PaymentNotices } from './payment-notices.js'
import { type BatchContent, batchContent } from './rules/batch-content.js'
import { isPayable } from './rules/payable-state.js'
import { sepaText } from './rules/sepa-text.js'
import {
  insertBatch,
  lockPayments,
  nextNumber,
  readBatch,
  readBatches,
  type StoredBatch,
} from './store/batch.store.js'

/** What the controller chose to pay. */
export interface BatchRequest {
  payableIds: readonly string[]
  /** Those of them that came back, and may go to the same account again. */
  sameAccountAgain?: readonly string[]
  /** A new one for each form: the same again is the same batch. */
  requestKey: string
}

/** Gathering payables into a batch, which from then on does not change. */
@Injectable()
export class Batches {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(BankAccounts) private readonly bankAccounts: BankAccounts,
    @Inject(PaymentNotices) private readonly notices: PaymentNotices,
  ) {}

  /** The latest first. */
  async all(tx: Tx = this.database.read): Promise<StoredBatch[]> {
    return readBatches(tx)
  }

  /** @throws NotFoundException */
  async named(name: string, tx: Tx = this.database.read): Promise<StoredBatch> {
    const found = /^\d{4}-\d{1,9}$/.test(name) ? await readBatch(tx, { name }) : null
    if (!found) throw new NotFoundException()
    return found
  }

  /**
   * Freezes a batch: who gets what on which account, the sum, the number of payments, and a hash over all of it. A
   * repeat with the same key answers with the batch that was made first. That a payable is in one live batch is
   * refused here in words, and by the database whatever happens.
   * @returns its name
   * @throws RuleViolated `paymentBatch.empty`, `paymentBatch.noOwnAccount`, `paymentBatch.notReady` and
   * `payment.nameUnwritable` for each payable concerned
   */
  async make(visitor: Visitor, request: BatchRequest): Promise<string> {
    return this.database.transaction(async (tx) => {
      await lockPayments(tx)
      const before = await readBatch(tx, request)
      if (before) return before.name
      const content = await this.content(tx, request)
      const name = await this.freeze(tx, visitor, request, content)
      return name
    })
  }

  private async content(
    tx: Tx,
    { payableIds, sameAccountAgain = [] }: BatchRequest,
  ): Promise<(year: number, number: number, id: string) => BatchContent> {
    const ids = [...new Set(payableIds)]
    const chosen = ids.length === 0 ? [] : await this.payables.read({ ids }, tx)
    if (chosen.length === 0 || chosen.length !== ids.length)
      throw RuleViolated.of('paymentBatch.empty', {}, 'betalen')
    RuleViolated.throwIfAny(chosen.flatMap((payable) => obstacles(payable, sameAccountAgain)))
    const debtor = await this.bankAccounts.own(tx)
    if (!debtor) throw RuleViolated.of('paymentBatch.noOwnAccount')
    const payables = chosen.map(({ id, cents, reference, description, account, last }) => ({
      ...{
        payableId: id,
        cents,
        reference,
        description,
        account: account!,
        attempt: (last?.attempt ?? 0) + 1,
      },
      earlier: last && {
        ...{ batch: last.batch, ended: last.ended!, reason: last.reason },
        sameAccount: last.ended === 'returned' && last.iban === account!.iban,
      },
    }))
    const madeOn = this.clock.today()
    return (year, number, id) =>
      batchContent({ name: `${year}-${number}`, unique: id.slice(-8), madeOn, debtor, payables })
  }

  private async freeze(
    tx: Tx,
    visitor: Visitor,
    { requestKey }: BatchRequest,
    compose: (year: number, number: number, id: string) => BatchContent,
  ): Promise<string> {
    const id = this.ids.next()
    const year = Number(this.clock.today().slice(0, 4))
    const number = await nextNumber(tx, year)
    const content = compose(year, number, id)
    const { name, messageId, count, controlSumCents: cents } = content
    const json = canonicalJson(content)
    const row = {
      ...{
        id,
        year,
        number,
        messageId,
        requestKey,
        content: json,
        sha256: sha256Hex(json),
        payments: count,
        cents,
      },
      ...{ madeAt: this.clock.now(), madeBy: visitor.personId },
    }
    const payments = content.payments.map(({ place, payableId, attempt, endToEndId, cents, name, iban }) => ({
      ...{ id: this.ids.next(), batchId: id, place, payableId, attempt, endToEndId, cents, name, iban },
      afterAttempt: attempt === 1 ? null : attempt - 1,
    }))
    await insertBatch(tx, row, payments).catch((error: unknown) => {
      const isTaken = violatedConstraint(error) === 'payments_one_live'
      throw isTaken ? RuleViolated.of('paymentBatch.alreadyInBatch') : error
    })
    await this.audit.record(tx, {
      ...{ actorId: visitor.personId, action: 'paymentBatch.made', subject: { kind: 'paymentBatch', id } },
      details: { name, payments: count, cents, sha256: row.sha256 },
    })
    await this.notices.askApproval(tx, { id, name, cents, payments: count }, [])
    return name
  }
}

function obstacles(payable: Payable, sameAccountAgain: readonly string[]): Violation[] {
  const { id, state, payeeName, account, reference } = payable
  const params = { name: payeeName, reference }
  if (!isPayable(state, sameAccountAgain.includes(id)))
    return [{ code: `paymentBatch.${state === 'ready' ? 'notReady' : state}`, params, path: 'betalen' }]
  return sepaText(account!.name, 70) === ''
    ? [{ code: 'payment.nameUnwritable', params, path: 'betalen' }]
    : []
}
