import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { DistributionNotices } from './distribution-notices.js'
import { DISTRIBUTION, RiskMargin } from './risk-margin.service.js'
import { findObjection, insertObjection, readObjections } from './store/objection.store.js'

export interface Objection {
  member: string
  name: string
  reason: string
  recordedAt: Date
}

/** What members have against a proposal. It changes nothing by itself: the director withdraws it and makes another. */
@Injectable()
export class Objections {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(DistributionNotices) private readonly notices: DistributionNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The objections to a proposal, the first one first. */
  async of(distributionId: string, tx: Tx = this.database.read): Promise<Objection[]> {
    const rows = await readObjections(tx, distributionId)
    if (rows.length === 0) return []
    const members = new Map(
      (await this.members.asOf(this.clock.today(), tx)).map((one) => [one.id, one.name]),
    )
    return rows.map(({ memberId, name, reason, recordedAt }) => ({
      ...{ name, reason, recordedAt, member: members.get(memberId) ?? '?' },
    }))
  }

  /**
   * Records an objection on behalf of the visitor's member. A repeat (same request key) adds nothing.
   * @throws NotFoundException; ForbiddenException for who does not act for that member; RuleViolated
   * `objection.proposalEnded` when it was withdrawn, rejected or paid
   */
  async record(
    visitor: Visitor,
    distributionId: string,
    given: { memberId: string; reason: string; requestKey: string },
  ): Promise<void> {
    const { memberId, reason, requestKey } = given
    if (!visitor.hasFor('delegate', memberId)) throw new ForbiddenException()
    await this.database.transaction(async (tx) => {
      const known = await this.riskMargin.proposal(distributionId, tx)
      if (!known) throw new NotFoundException()
      await this.guarantees.lockedYear(known.proposal.year, tx)
      if (await findObjection(tx, requestKey)) return
      const { proposal } = (await this.riskMargin.proposal(distributionId, tx))!
      if (proposal.withdrawal || proposal.posting || proposal.decision?.adopted === false)
        throw RuleViolated.of('objection.proposalEnded')
      const recorded = { recordedAt: this.clock.now(), recordedBy: visitor.personId }
      const id = this.ids.next()
      await insertObjection(tx, {
        ...{ id, distributionId, memberId, reason: reason.trim(), name: visitor.name },
        ...{ requestKey, ...recorded },
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'distribution.objected',
        subject: { kind: DISTRIBUTION, id: distributionId },
        details: { memberId, reason: reason.trim() },
      })
      const member = await this.members.find(memberId, this.clock.today(), tx)
      const said = { id, by: visitor.name, memberName: member?.name ?? '?', reason: reason.trim() }
      await this.notices.tellObjected(tx, proposal, said)
    })
  }
}
