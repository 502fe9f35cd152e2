import { Inject, Injectable } from '@nestjs/common'
import { Agreements } from '#agreements'
import { Guarantees } from '#guarantees'
import { People } from '#identity'
import type { Cents, Day } from '#kernel'
import { Mandates } from '#mandates'
import type { MemberOnDay } from '#members'
import { Offices } from '#offices'
import { Clock, type Role } from '#platform'

/** What still ties a member to the cooperative on a day. */
export interface Consequences {
  pledgedCents: Cents
  paidInCents: Cents
  /** The agreements (SLA's) of a wijkcoöperatie that is this member, or in which it takes part. */
  agreements: { areaName: string; endsOn: Day }[]
  /** Who acts for the member, with the offices that they hold; their mandates end with the membership. */
  people: { name: string; offices: Role[] }[]
}

/** Offices of a wijkcoöperatie: roles without terms. */
const DISTRICT_OFFICES: readonly Role[] = ['treasurer', 'coordinator']

/** What has to be looked at before a membership ends or pauses. */
@Injectable()
export class MembershipConsequences {
  constructor(
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(People) private readonly people: People,
    @Inject(Mandates) private readonly mandates: Mandates,
    @Inject(Offices) private readonly offices: Offices,
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

  private async agreementsOf(member: MemberOnDay, today: Day) {
    const running = (await this.agreements.forMember(member.id)).filter(({ endsOn }) => endsOn >= today)
    return running.map(({ areaName, endsOn }) => ({ areaName, endsOn }))
  }

  private async peopleOf(memberId: string, today: Day) {
    const { delegate, substitute } = await this.mandates.actingFor(memberId, today)
    const acting = [delegate, substitute].filter((one) => one !== null)
    const ids = acting.map(({ personId }) => personId)
    const held = [
      ...(await this.offices.heldBy(ids, today)).map(({ personId, office }) => ({
        personId,
        role: office as Role,
      })),
      ...(await this.districtOffices(today)),
    ]
    return acting.map(({ personId, name }) => ({
      name,
      offices: held.filter((one) => one.personId === personId).map(({ role }) => role),
    }))
  }

  private async districtOffices(today: Day) {
    const held = await Promise.all(
      DISTRICT_OFFICES.map(async (role) =>
        (await this.people.holders(role, today)).map(({ personId }) => ({ personId, role })),
      ),
    )
    return held.flat()
  }
}
