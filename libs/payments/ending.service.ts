import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { Batches } from './batches.service.js'
import { approvers } from './rules/approval.js'
import { insertOutcome, lockPayments, type StoredBatch } from './store/batch.store.js'
import { insertEndings, type OfferedPayment, readPayments } from './store/payment.store.js'

/** Ending what will not be paid: then its payables can go into another batch. */
@Injectable()
export class Ending {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Batches) private readonly batches: Batches,
  ) {}

  /**
   * Ends a batch before its second approval: who made it withdraws it, another rejects it. A repeat changes nothing.
   * @throws NotFoundException; RuleViolated `paymentBatch.notApprover`, `paymentBatch.reasonNeeded`,
   * `paymentBatch.alreadyApproved`
   */
  async end(visitor: Visitor, name: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockPayments(tx)
      const batch = await this.batches.named(name, tx)
      if (!visitor.has(...approvers)) throw RuleViolated.of('paymentBatch.notApprover')
      if (batch.outcome?.kind === 'approved') throw RuleViolated.of('paymentBatch.alreadyApproved')
      if (batch.outcome) return
      const why = reasonOf(reason)
      const outcome = batch.madeBy === visitor.personId ? 'withdrawn' : 'rejected'
      await insertOutcome(tx, {
        ...{ batchId: batch.id, outcome, secondApproval: null, reason: why, file: null, fileSha256: null },
        ...{ decidedAt: this.clock.now(), decidedBy: visitor.personId },
      })
      const payments = await readPayments(tx, { batchId: batch.id })
      await this.write(tx, visitor, payments, 'withdrawn', why)
      await this.log(tx, visitor, `paymentBatch.${outcome}`, batch, { reason: why })
    })
  }

  /**
   * Records that payments of an approved batch are not carried out: the bank refused them, or the file was not
   * offered. Those that ended already stay as they are. They can be offered again only in another batch, which two
   * people approve and which shows this.
   * @throws NotFoundException; RuleViolated `paymentBatch.notOffered`, `paymentBatch.reasonNeeded`,
   * `paymentBatch.noneChosen`, `payment.paidAlready`
   */
  async refusedByBank(
    visitor: Visitor,
    name: string,
    refused: { endToEndIds: readonly string[]; reason: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockPayments(tx)
      const batch = await this.batches.named(name, tx)
      if (batch.outcome?.kind !== 'approved') throw RuleViolated.of('paymentBatch.notOffered')
      const payments = await readPayments(tx, { batchId: batch.id })
      const chosen = payments.filter(({ endToEndId }) => refused.endToEndIds.includes(endToEndId))
      if (chosen.length === 0) throw RuleViolated.of('paymentBatch.noneChosen', {}, 'weigeren')
      const open = chosen.filter(({ ended }) => ended === null)
      const paid = open.filter(({ paidOn }) => paidOn !== null)
      RuleViolated.throwIfAny(
        paid.map((one) => ({ code: 'payment.paidAlready', params: { name: one.name } })),
      )
      if (open.length === 0) return
      const why = reasonOf(refused.reason)
      await this.write(tx, visitor, open, 'refusedByBank', why)
      const details = { reason: why, payments: open.map(({ endToEndId }) => endToEndId) }
      await this.log(tx, visitor, 'payment.refusedByBank', batch, details)
    })
  }

  private async write(
    tx: Tx,
    { personId }: Visitor,
    payments: readonly OfferedPayment[],
    kind: 'withdrawn' | 'refusedByBank',
    reason: string,
  ): Promise<void> {
    const ended = { endedOn: this.clock.today(), endedAt: this.clock.now(), endedBy: personId }
    await insertEndings(
      tx,
      payments.map(({ id: paymentId, payableId, attempt }) => ({
        ...{ paymentId, payableId, attempt, kind, reason, lineId: null, entryId: null },
        ...ended,
      })),
    )
  }

  private log(
    tx: Tx,
    { personId }: Visitor,
    action: string,
    batch: StoredBatch,
    details: object,
  ): Promise<void> {
    const subject = { kind: 'paymentBatch', id: batch.id }
    return this.audit.record(tx, {
      ...{ actorId: personId, action, subject },
      details: { name: batch.name, ...details },
    })
  }
}

function reasonOf(typed: string): string {
  const reason = typed.trim()
  if (reason === '') throw RuleViolated.of('paymentBatch.reasonNeeded', {}, 'reden')
  return reason.slice(0, 500)
}
