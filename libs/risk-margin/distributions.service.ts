import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { Guarantees } from '#guarantees'
import { formatCents, RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, Messages, sha256Hex, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { DistributionNotices } from './distribution-notices.js'
import { DISTRIBUTION, type MarginOfYear, RiskMargin } from './risk-margin.service.js'
import { DIVISION_RULE, type DistributionInputs, divide, freeze } from './rules/frozen-inputs.js'
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
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
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
   * `distribution.timeWeightedNotPossible`, and what {@link Assemblies.submitMotion} throws
   */
  async propose(visitor: Visitor, request: ProposalRequest): Promise<{ id: string; repeated: boolean }> {
    return this.database.transaction(async (tx) => {
      const subsidy = await this.guarantees.lockedYear(request.year, tx)
      const earlier = await findByRequest(tx, request.requestKey)
      if (earlier) return { id: earlier.id, repeated: true }
      const margin = await this.riskMargin.of(subsidy, tx)
      assertProposable(margin)

      const inputs = await this.inputsOf(margin, tx)
      const parts = divide(inputs)
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
      await insertDistribution(tx, row, parts)
      await this.submitMotion(tx, request.assemblyId, row, parts.length)
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

  private async inputsOf(
    { subsidy, rate, lastDay, ...margin }: MarginOfYear,
    tx: Tx,
  ): Promise<DistributionInputs> {
    const book = await this.statutes.asOf(lastDay, tx)
    const reference = book.get('distributionReference').value
    if (reference !== 'lastDayOfYear') throw RuleViolated.of('distribution.timeWeightedNotPossible')
    const sharers = book.get('distributionSharers').value
    return {
      kind: 'samen.distribution',
      rule: DIVISION_RULE,
      year: subsidy.year,
      awardedCents: subsidy.awardedCents,
      rate: rate.value,
      rateArticle: rate.article,
      marginCents: margin.marginCents,
      spentCents: margin.spentCents,
      amountCents: margin.unspentCents,
      sharers,
      reference,
      referenceDay: lastDay,
      shares: await this.sharesOn(lastDay, sharers === 'votingMembers', tx),
    }
  }

  /** What everybody who shares stood surety for on the day, by member number. */
  private async sharesOn(day: string, onlyVoting: boolean, tx: Tx): Promise<DistributionInputs['shares']> {
    const members = new Map((await this.members.asOf(day, tx)).map((member) => [member.id, member]))
    return (await this.guarantees.holdersOn(day, tx))
      .filter(
        ({ memberId, pledgedCents }) =>
          pledgedCents > 0n && (!onlyVoting || members.get(memberId)?.kind === 'voting'),
      )
      .map(({ memberId, number, name, pledgedCents }) => ({
        id: memberId,
        number,
        name,
        cents: pledgedCents,
      }))
      .sort((a, b) => a.number - b.number)
  }

  private async submitMotion(
    tx: Tx,
    assemblyId: string,
    row: { id: string; year: number; amountCents: bigint; sha256: string; proposedBy: string },
    count: number,
  ): Promise<void> {
    const values = {
      year: row.year,
      amount: formatCents(row.amountCents),
      count,
      hash: row.sha256.slice(0, 12),
    }
    const text = (part: string) => this.messages.text('nl', `risk-margin.motion.${part}`, values)
    await this.assemblies.submitMotion(tx, {
      assemblyId,
      title: text('title'),
      question: text('question'),
      explanation: text('explanation'),
      decisionType: 'distribution',
      authorises: { kind: DISTRIBUTION, id: row.id },
      submittedBy: row.proposedBy,
    })
  }
}

function assertProposable({ stage, lastDay, subsidy, live }: MarginOfYear): void {
  const year = String(subsidy.year)
  if (stage === 'yearRunning') throw RuleViolated.of('distribution.yearNotOver', { year, day: lastDay })
  if (stage === 'paid') throw RuleViolated.of('distribution.yearAlreadyPaid', { year })
  if (live) throw RuleViolated.of('distribution.alreadyProposed', { year })
  if (stage === 'nothingLeft') throw RuleViolated.of('distribution.nothingLeft', { year })
}
