import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, sha256Hex, type Tx, type Visitor } from '#platform'
import { DistributionNotices } from './distribution-notices.js'
import { DISTRIBUTION, type Proposal, payoutReference, RiskMargin } from './risk-margin.service.js'
import { accounts } from './rules/accounts.js'
import { type DistributionPart, verify } from './rules/frozen-inputs.js'
import { insertPosting, readOne } from './store/distribution.store.js'

/** Booking an adopted distribution: exactly once. */
@Injectable()
export class Payouts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DistributionNotices) private readonly notices: DistributionNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Books what each member is owed and tells them, all in one transaction: it happens entirely or not at all.
   * A repeat (double click, two directors, after a crash) books nothing and answers when it was booked: the lock
   * on the subsidy years makes two wait for each other, and the ledger's key and the primary key of
   * `distribution_postings` would refuse a second booking besides.
   * @throws NotFoundException; RuleViolated `distribution.withdrawn`, `distribution.notDecided`,
   * `distribution.rejected`, `distribution.yearAlreadyPaid`, or what {@link verify} finds
   */
  async payOut(visitor: Visitor, id: string): Promise<{ posted: boolean; postedAt: Date }> {
    return this.database.transaction(async (tx) => {
      const known = await readOne(tx, id)
      if (!known) throw new NotFoundException()
      const subsidy = await this.guarantees.lockedYear(known.year, tx)
      const found = await this.riskMargin.proposal(id, tx)
      if (!found) throw new NotFoundException()
      const { proposal, parts } = found
      if (proposal.posting) return { posted: false, postedAt: proposal.posting.postedAt }

      const decision = authorisingDecision(proposal)
      const { stage } = await this.riskMargin.of(subsidy, tx)
      if (stage === 'paid')
        throw RuleViolated.of('distribution.yearAlreadyPaid', { year: String(subsidy.year) })
      RuleViolated.throwIfAny(verify({ ...proposal, parts }, sha256Hex(proposal.inputs)))

      const postedAt = this.clock.now()
      const entryId = await this.book(tx, visitor, proposal, parts, decision.number)
      const row = { distributionId: id, year: proposal.year, decisionId: decision.id, entryId }
      await insertPosting(tx, { ...row, postedAt, postedBy: visitor.personId })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'distribution.posted',
        subject: { kind: DISTRIBUTION, id },
        details: { decision: decision.number, entryId, amountCents: proposal.amountCents },
      })
      await this.notices.tellPaidOut(tx, proposal, parts, decision.number)
      return { posted: true, postedAt }
    })
  }

  /** The reserve is debited for the whole, what is payable to each member credited for its part. */
  private async book(
    tx: Tx,
    visitor: Visitor,
    proposal: Proposal,
    parts: readonly DistributionPart[],
    decisionNumber: string,
  ): Promise<string> {
    const payable = parts
      .filter(({ partCents }) => partCents > 0n)
      .map(({ memberId, partCents }) => ({ account: accounts.payable, memberId, cents: -partCents }))
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `distribution:${proposal.id}`,
      onDay: this.clock.today(),
      description: `Uitkering risicomarge ${proposal.year}`,
      document: `${payoutReference(proposal.year)}, besluit ${decisionNumber}`,
      recordedBy: visitor.personId,
      postings: [{ account: accounts.reserve, cents: proposal.amountCents }, ...payable],
    })
    return entryId
  }
}

function authorisingDecision({ withdrawal, decision }: Proposal): { id: string; number: string } {
  if (withdrawal) throw RuleViolated.of('distribution.withdrawn')
  if (!decision) throw RuleViolated.of('distribution.notDecided')
  if (!decision.adopted) {
    throw RuleViolated.of('distribution.rejected', { number: decision.number, day: decision.decidedOn })
  }
  return decision
}
