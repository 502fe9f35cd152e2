import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, Messages, sha256Hex, type Tx, type Visitor } from '#platform'
import { closeWords } from './close-words.js'
import { DistributionNotices } from './distribution-notices.js'
import { PayableParts } from './payable-parts.js'
import { ProposalInputs } from './proposal-inputs.service.js'
import { DISTRIBUTION, type Proposal, payoutReference, RiskMargin } from './risk-margin.service.js'
import { freezeClosing } from './rules/closing-proof.js'
import type { Division } from './rules/division.js'
import { thaw } from './rules/frozen-inputs.js'
import { payoutEntry } from './rules/margin-entries.js'
import { verify, verifyShares } from './rules/verify-distribution.js'
import { insertClosing, insertPosting, readOne } from './store/distribution.store.js'
import { YearClose } from './year-close.service.js'

/** Booking an adopted distribution: exactly once. */
@Injectable()
export class Payouts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(ProposalInputs) private readonly inputs: ProposalInputs,
    @Inject(YearClose) private readonly yearClose: YearClose,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(PayableParts) private readonly payable: PayableParts,
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
   * `distribution.rejected`, `distribution.yearAlreadyPaid`, `distribution.conditionsOpen` (params count, items),
   * `distribution.snapshotDiffers`, or what {@link verify} finds
   */
  async payOut(visitor: Visitor, id: string): Promise<{ posted: boolean; postedAt: Date }> {
    return this.database.transaction(async (tx) => {
      const known = await readOne(tx, id)
      if (!known) throw new NotFoundException()
      const subsidy = await this.guarantees.lockedYear(known.year, tx)
      const found = await this.riskMargin.proposal(id, tx)
      if (!found) throw new NotFoundException()
      const { proposal, ...division } = found
      if (proposal.posting) return { posted: false, postedAt: proposal.posting.postedAt }

      const decision = authorisingDecision(proposal)
      const { stage } = await this.riskMargin.of(subsidy, tx)
      if (stage === 'paid')
        throw RuleViolated.of('distribution.yearAlreadyPaid', { year: String(subsidy.year) })
      RuleViolated.throwIfAny(verify({ ...proposal, ...division }, sha256Hex(proposal.inputs)))
      await this.assertSnapshot(tx, proposal)
      const closing = await this.closed(tx, proposal.year)

      const postedAt = this.clock.now()
      const entryId = await this.book(tx, visitor, proposal, division, decision.number)
      const row = { distributionId: id, year: proposal.year, decisionId: decision.id, entryId }
      await insertPosting(tx, { ...row, postedAt, postedBy: visitor.personId })
      await insertClosing(tx, { distributionId: id, content: closing, sha256: sha256Hex(closing) })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'distribution.posted',
        subject: { kind: DISTRIBUTION, id },
        details: { decision: decision.number, entryId, amountCents: proposal.amountCents },
      })
      await this.payable.handOver(tx, visitor, proposal, division, decision.number)
      await this.notices.tellPaidOut(tx, proposal, division, decision.number)
      return { posted: true, postedAt }
    })
  }

  /** The shares are those of the snapshot, and the snapshot is the one that was frozen. */
  private async assertSnapshot(tx: Tx, { inputs: text }: Proposal): Promise<void> {
    const inputs = thaw(text)
    if (!inputs.snapshot) return
    const snapshot = await this.inputs.snapshotOf(inputs, tx)
    if (!snapshot || sha256Hex(snapshot.content) !== inputs.snapshot.sha256)
      throw RuleViolated.of('distribution.snapshotDiffers')
    RuleViolated.throwIfAny(verifyShares(inputs, snapshot))
  }

  /** Nothing is paid before the year is closed; what is open is waived by the ALV or by nobody. @returns the checklist */
  private async closed(tx: Tx, year: number): Promise<string> {
    const { items, open } = await this.yearClose.of(year, tx)
    const text = this.messages.under('nl', 'risk-margin')
    if (open.length > 0)
      throw RuleViolated.of('distribution.conditionsOpen', {
        ...{ count: String(open.length), items: open.map((item) => text(`close.items.${item}`)).join('; ') },
        year: String(year),
      })
    return freezeClosing(year, this.clock.today(), items, (item) => closeWords(text, 'nl', item))
  }

  /** The reserve is debited for the whole, what is payable to each member credited for its part. */
  private async book(
    tx: Tx,
    visitor: Visitor,
    proposal: Proposal,
    { parts, earnedBack }: Division,
    decisionNumber: string,
  ): Promise<string> {
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `distribution:${proposal.id}`,
      onDay: this.clock.today(),
      description: `Uitkering risicomarge ${proposal.year}`,
      document: `${payoutReference(proposal.year)}, besluit ${decisionNumber}`,
      recordedBy: visitor.personId,
      postings: payoutEntry(proposal.amountCents, parts, earnedBack),
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
