import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import type { Cents } from '#kernel'
import { Notices } from '#notices'
import { Clock, type Tx } from '#platform'
import { proposalPath } from './risk-margin.service.js'
import type { Division } from './rules/division.js'
import { explain, explainCarried } from './rules/explain.js'
import { thaw } from './rules/frozen-inputs.js'

interface Told {
  id: string
  year: number
  amountCents: Cents
}

/** Who hears of a distribution: chair and secretary of a proposal, each member of its own part. */
@Injectable()
export class DistributionNotices {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tellProposed(tx: Tx, proposal: Told): Promise<void> {
    const today = this.clock.today()
    const receivers = [
      ...(await this.people.holders('chair', today, tx)),
      ...(await this.people.holders('secretary', today, tx)),
    ]
    const unique = new Map(receivers.map((holder) => [holder.personId, holder]))
    const model = { year: proposal.year, amountCents: proposal.amountCents, path: proposalPath(proposal) }
    await this.notices.send(
      tx,
      [...unique.values()].map((holder) => ({
        notice: 'risk-margin/proposed',
        to: addressOf(holder),
        model,
        key: `distribution-proposed:${proposal.id}:${holder.personId}`,
      })),
    )
  }

  /** To the delegates of each member: its own amount and how that was computed. */
  async tellPaidOut(
    tx: Tx,
    proposal: Told & { inputs: string },
    { parts, earnedBack }: Division,
    decisionNumber: string,
  ): Promise<void> {
    const { shares, year, preInvestments } = thaw(proposal.inputs)
    const named = [...shares, ...(preInvestments?.outstanding ?? [])]
    const names = new Map(named.map(({ id, name }) => [id, name]))
    const changesOf = new Map(shares.map(({ id, changes }) => [id, changes]))
    const totalWeight = parts.reduce((sum, { weight }) => sum + weight, 0n)
    const dividedCents = parts.reduce((sum, { partCents }) => sum + partCents, 0n)
    const partOf = new Map(parts.map((part) => [part.memberId, part]))
    const backOf = new Map(earnedBack.map((part) => [part.memberId, part]))
    const delegates = await this.people.holders('delegate', this.clock.today(), tx)
    await this.notices.send(
      tx,
      delegates.flatMap((holder) => {
        const memberId = holder.scopeId ?? ''
        const [part, back] = [partOf.get(memberId), backOf.get(memberId)]
        if (!part && !back) return []
        const changes = changesOf.get(memberId)
        const model = {
          year: proposal.year,
          memberName: names.get(memberId) ?? '',
          amountCents: (part?.partCents ?? 0n) + (back?.partCents ?? 0n),
          partCents: part?.partCents ?? null,
          earnedBackCents: back?.partCents ?? null,
          carried: part && changes ? explainCarried(year, changes) : null,
          decisionNumber,
          computation: part ? explain(dividedCents, part.weight, totalWeight, part.partCents) : null,
          path: proposalPath(proposal),
        }
        const key = `distribution-statement:${proposal.id}:${memberId}:${holder.personId}`
        return [{ notice: 'risk-margin/statement', to: addressOf(holder), model, key }]
      }),
    )
  }
}

function addressOf({ personId, name, email }: Holder): { personId: string; name: string; email: string } {
  return { personId, name, email }
}
