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

/** Who hears of a distribution: the board of a proposal and of what members have against it, each member of its part. */
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
    const model = { year: proposal.year, amountCents: proposal.amountCents, path: proposalPath(proposal) }
    await this.tell(tx, receivers, 'risk-margin/proposed', model, `distribution-proposed:${proposal.id}`)
  }

  /** To the director, who alone can withdraw it, and the chair, in whose assembly it comes. */
  async tellObjected(
    tx: Tx,
    proposal: Pick<Told, 'id' | 'year'>,
    objection: { id: string; by: string; memberName: string; reason: string },
  ): Promise<void> {
    const today = this.clock.today()
    const receivers = [
      ...(await this.people.holders('director', today, tx)),
      ...(await this.people.holders('chair', today, tx)),
    ]
    const { id, ...said } = objection
    const model = { year: proposal.year, path: proposalPath(proposal), ...said }
    await this.tell(tx, receivers, 'risk-margin/objected', model, `distribution-objected:${id}`)
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

  private async tell(
    tx: Tx,
    receivers: readonly Holder[],
    notice: string,
    model: object,
    key: string,
  ): Promise<void> {
    const unique = new Map(receivers.map((holder) => [holder.personId, holder]))
    await this.notices.send(
      tx,
      [...unique.values()].map((holder) => ({
        ...{ notice, to: addressOf(holder), model },
        key: `${key}:${holder.personId}`,
      })),
    )
  }
}

function addressOf({ personId, name, email }: Holder): { personId: string; name: string; email: string } {
  return { personId, name, email }
}
