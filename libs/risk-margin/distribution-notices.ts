import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import type { Cents } from '#kernel'
import { Notices } from '#notices'
import { Clock, type Tx } from '#platform'
import { proposalPath } from './risk-margin.service.js'
import { explain } from './rules/explain.js'
import { type DistributionPart, thaw } from './rules/frozen-inputs.js'

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
    parts: readonly DistributionPart[],
    decisionNumber: string,
  ): Promise<void> {
    const names = new Map(thaw(proposal.inputs).shares.map(({ id, name }) => [id, name]))
    const totalCents = parts.reduce((sum, { shareCents }) => sum + shareCents, 0n)
    const byMember = new Map(parts.map((part) => [part.memberId, part]))
    const delegates = await this.people.holders('delegate', this.clock.today(), tx)
    await this.notices.send(
      tx,
      delegates.flatMap((holder) => {
        const part = holder.scopeId ? byMember.get(holder.scopeId) : undefined
        if (!part) return []
        const model = {
          year: proposal.year,
          memberName: names.get(part.memberId) ?? '',
          partCents: part.partCents,
          shareCents: part.shareCents,
          totalCents,
          decisionNumber,
          computation: explain(proposal.amountCents, part.shareCents, totalCents, part.partCents),
          path: proposalPath(proposal),
        }
        const key = `distribution-statement:${proposal.id}:${part.memberId}:${holder.personId}`
        return [{ notice: 'risk-margin/statement', to: addressOf(holder), model, key }]
      }),
    )
  }
}

function addressOf({ personId, name, email }: Holder): { personId: string; name: string; email: string } {
  return { personId, name, email }
}
