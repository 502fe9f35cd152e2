import { Inject, Injectable } from '@nestjs/common'
import { Agreements } from '#agreements'
import { Guarantees } from '#guarantees'
import { People } from '#identity'
import type { Cents, Day } from '#kernel'
import type { MemberOnDay } from '#members'
import { Clock, type Role } from '#platform'

/** What still ties a member to the cooperative on a day. */
export interface Consequences {
  pledgedCents: Cents
  paidInCents: Cents
  /** The agreements (SLA's) of a wijkcoöperatie that is this member. */
  agreements: { areaName: string; endsOn: Day }[]
  /** The member's delegates, with the offices that they hold. */
  people: { name: string; offices: Role[] }[]
}

const OFFICES: readonly Role[] = [
  'director',
  'chair',
  'secretary',
  'auditCommittee',
  'treasurer',
  'coordinator',
]

/** What has to be looked at before a membership ends or pauses. */
@Injectable()
export class MembershipConsequences {
  constructor(
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of(member: MemberOnDay): Promise<Consequences> {
    const today = this.clock.today()
    const position = (await this.guarantees.holdersOn(today)).find(({ memberId }) => memberId === member.id)
    return {
      pledgedCents: position?.pledgedCents ?? 0n,
      paidInCents: position?.paidInCents ?? 0n,
      agreements: await this.agreementsOf(member, today),
      people: await this.peopleOf(member.id, today),
    }
  }

  /** A wijkcoöperatie and its membership have no common id yet: they are one organisation by its name. */
  private async agreementsOf(member: MemberOnDay, today: Day) {
    const running = (await this.agreements.all()).filter(({ endsOn }) => endsOn >= today)
    return running
      .filter(({ districtCooperative }) => plain(districtCooperative.name) === plain(member.name))
      .map(({ areaName, endsOn }) => ({ areaName, endsOn }))
  }

  private async peopleOf(memberId: string, today: Day) {
    const delegates = (await this.people.holders('delegate', today)).filter(
      ({ scopeId }) => scopeId === memberId,
    )
    const held = await Promise.all(
      OFFICES.map(async (role) => ({ role, holders: await this.people.holders(role, today) })),
    )
    return delegates.map(({ personId, name }) => ({
      name,
      offices: held
        .filter(({ holders }) => holders.some((holder) => holder.personId === personId))
        .map(({ role }) => role),
    }))
  }
}

const plain = (name: string) => name.trim().toLowerCase()
