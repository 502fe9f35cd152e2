import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Departures } from '#departures'
import { Guarantees } from '#guarantees'
import { type Day, RuleViolated } from '#kernel'
import { type MemberDetails, type MemberOnDay, Members } from '#members'
import { Audit, Clock, Database, PersonalData, type Tx, type Visitor } from '#platform'
import { type LeaverStanding, type Obstacle, obstaclesTo } from './rules/erasure.js'
import type { MemberErasureRow } from './store/entities.js'
import {
  erasePersons,
  findErasure,
  type InvolvedPerson,
  lockMember,
  readInvolved,
  readTies,
} from './store/erasing.store.js'

/** What erasing the people of a member would do, and what stands in the way. */
export interface ErasurePlan {
  member: MemberOnDay
  details: MemberDetails | null
  standing: LeaverStanding
  obstacles: Obstacle[]
  people: InvolvedPerson[]
  /** When and by whom it was done already; null while it was not. */
  done: MemberErasureRow | null
}

/** Erasing the people of a member that left; name and amounts of the organisation stay where the books need them. */
@Injectable()
export class Erasing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException when there is no such member */
  async plan(memberId: string, tx: Tx = this.database.read): Promise<ErasurePlan> {
    const today = this.clock.today()
    const member = await this.members.find(memberId, today, tx)
    if (!member) throw new NotFoundException()
    const details = await this.members.details(memberId, today, tx)
    const standing = await this.standing(memberId, details, today, tx)
    return {
      member,
      details,
      standing,
      obstacles: obstaclesTo(standing, today),
      people: await readInvolved(tx, memberId, today),
      done: await findErasure(tx, memberId),
    }
  }

  /**
   * Erases the people of a former member everywhere, in one transaction. A repeat changes nothing and answers with
   * the first; two at once wait for each other, and the primary key of `member_erasures` lets one through.
   * @throws NotFoundException; RuleViolated `privacy.<obstacle>`, one for each thing that stands in the way
   */
  async erase(visitor: Visitor, memberId: string): Promise<{ repeated: boolean }> {
    return this.database.transaction(async (tx) => {
      await lockMember(tx, memberId)
      const { obstacles, standing, done } = await this.plan(memberId, tx)
      if (done) return { repeated: true }
      RuleViolated.throwIfAny(obstacles.map(({ code }) => ({ code: `privacy.${code}` })))
      const withOrganisation = standing.isSoleTrader
      const erased = await erasePersons(tx, {
        ...{ memberId, withOrganisation, today: this.clock.today() },
        ...{ by: visitor.personId, at: this.clock.now() },
      })
      await this.personalData.eraseEverywhere(tx, { memberId, ...erased })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'member.personsErased',
        subject: { kind: 'member', id: memberId },
        details: { people: erased.personIds.length, withOrganisation },
      })
      return { repeated: false }
    })
  }

  private async standing(
    memberId: string,
    details: MemberDetails | null,
    today: Day,
    tx: Tx,
  ): Promise<LeaverStanding> {
    const ties = await readTies(tx, memberId)
    const position = (await this.guarantees.holdersOn(today, tx)).find((one) => one.memberId === memberId)
    const open = (await this.departures.open()).filter((one) => one.memberId === memberId)
    return {
      ...ties,
      pledgedCents: position?.pledgedCents ?? 0n,
      paidInCents: position?.paidInCents ?? 0n,
      openCases: open.map(({ reference }) => reference),
      isSoleTrader: details?.legalForm === 'eenmanszaak',
    }
  }
}
