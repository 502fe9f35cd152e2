import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { Guarantees } from '#guarantees'
import { formatCents, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Messages, sha256Hex, type Tx, type Visitor } from '#platform'
import { DistributionNotices } from './distribution-notices.js'
import { ProposalInputs } from './proposal-inputs.service.js'
import { DISTRIBUTION, type MarginOfYear, RiskMargin } from './risk-margin.service.js'
import { type Division, divide } from './rules/division.js'
import { freeze } from './rules/frozen-inputs.js'
import { findByRequest, insertDistribution, insertWithdrawal, readOne } from './store/distribution.store.js'

/** A proposal as the director sends it in. */
export interface ProposalRequest {
  year: number
  /** On whose agenda it goes. */
  assemblyId: string
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** Proposing a distribution and withdrawing it. A proposal is never edited: withdraw it and make another. */
@Injectable()
export class Distributions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(ProposalInputs) private readonly inputs: ProposalInputs,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(DistributionNotices) private readonly notices: DistributionNotices,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Freezes the inputs, computes the parts and puts the motion on the agenda. One proposal of a year lives at a
   * time: the lock on the subsidy years makes two directors wait for each other. A repeat (same request key)
   * proposes nothing and answers with the first.
   * @throws RuleViolated `guarantee.noYear`, `distribution.yearNotOver`, `distribution.alreadyProposed`,
   * `distribution.yearAlreadyPaid`, `distribution.nothingLeft`, `distribution.noGuarantors`,
   * `margin.reserveNotBooked`, and what {@link Assemblies.submitMotion} throws
   */
  async propose(visitor: Visitor, request: ProposalRequest): Promise<{ id: string; repeated: boolean }> {
    return this.database.transaction(async (tx) => {
      const subsidy = await this.guarantees.lockedYear(request.year, tx)
      const earlier = await findByRequest(tx, request.requestKey)
      if (earlier) return { id: earlier.id, repeated: true }
      const margin = await this.riskMargin.of(subsidy, tx)
      assertProposable(margin)

      const inputs = await this.inputs.of(margin, tx, visitor.personId)
      const division = divide(inputs)
      const text = freeze(inputs)
      const row = {
        id: this.ids.next(),
        year: subsidy.year,
        inputs: text,
        sha256: sha256Hex(text),
        amountCents: inputs.amountCents,
        referenceDay: inputs.referenceDay,
        requestKey: request.requestKey,
        proposedAt: this.clock.now(),
        proposedBy: visitor.personId,
      }
      await insertDistribution(tx, row, division)
      await this.submitMotion(tx, request.assemblyId, row, division)
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'distribution.proposed',
        subject: { kind: DISTRIBUTION, id: row.id },
        details: {
          year: row.year,
          amountCents: row.amountCents,
          sha256: row.sha256,
          assemblyId: request.assemblyId,
        },
      })
      await this.notices.tellProposed(tx, row)
      return { id: row.id, repeated: false }
    })
  }

  /**
   * Withdraws a proposal and takes its motion off the agenda. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `distribution.alreadyPaid`, and `motion.pollOpened` once the ALV
   * votes or voted on it
   */
  async withdraw(visitor: Visitor, id: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await readOne(tx, id)
      if (!found) throw new NotFoundException()
      await this.guarantees.lockedYear(found.year, tx)
      const current = await readOne(tx, id)
      if (current?.withdrawal) return
      if (current?.posting) throw RuleViolated.of('distribution.alreadyPaid')
      await this.assemblies.withdrawMotion(tx, DISTRIBUTION, id, visitor.personId)
      await insertWithdrawal(tx, {
        distributionId: id,
        reason: reason.trim(),
        withdrawnAt: this.clock.now(),
        withdrawnBy: visitor.personId,
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'distribution.withdrawn',
        subject: { kind: DISTRIBUTION, id },
        details: { reason: reason.trim() },
      })
    })
  }

  private async submitMotion(
    tx: Tx,
    assemblyId: string,
    row: { id: string; year: number; amountCents: bigint; sha256: string; proposedBy: string },
    { parts, earnedBack }: Division,
  ): Promise<void> {
    const first = earnedBack.reduce((sum, { partCents }) => sum + partCents, 0n)
    const values = {
      year: row.year,
      amount: formatCents(row.amountCents),
      count: parts.length,
      first: formatCents(first),
      hash: row.sha256.slice(0, 12),
    }
    const text = (part: string) => this.messages.text('nl', `risk-margin.motion.${part}`, values)
    const explanation = [
      text('explanation'),
      ...(first > 0n ? [text('earnedBack')] : []),
      text('computation'),
    ]
    await this.assemblies.submitMotion(tx, {
      assemblyId,
      title: text('title'),
      question: text('question'),
      explanation: explanation.join(' '),
      decisionType: 'distribution',
      authorises: { kind: DISTRIBUTION, id: row.id },
      submittedBy: row.proposedBy,
    })
  }
}

function assertProposable({ stage, lastDay, subsidy, live, reserve }: MarginOfYear): void {
  const year = String(subsidy.year)
  if (stage === 'yearRunning') throw RuleViolated.of('distribution.yearNotOver', { year, day: lastDay })
  if (stage === 'paid') throw RuleViolated.of('distribution.yearAlreadyPaid', { year })
  if (live) throw RuleViolated.of('distribution.alreadyProposed', { year })
  if (!reserve) throw RuleViolated.of('margin.reserveNotBooked', { year })
  if (stage === 'nothingLeft') throw RuleViolated.of('distribution.nothingLeft', { year })
}
