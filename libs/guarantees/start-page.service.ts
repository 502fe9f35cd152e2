import { Inject, Injectable } from '@nestjs/common'
import { dayOf, formatCents } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { CooperativeSide } from './cooperative-side.service.js'
import { Offers } from './offers.service.js'
import { Releases } from './releases.service.js'
import { type GuaranteeMovement, readMovements } from './store/guarantee-register.store.js'

const OF_AN_OFFER = ['offered', 'offerWithdrawn', 'offerRefused', 'accepted', 'increased']

/** What someone has to do about guarantees, and what happened to those of the own members. */
@Injectable()
export class GuaranteesStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Releases) private readonly releases: Releases,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Offers to answer on behalf of the cooperative, and releases to sign for the own member. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return [...(await this.offersToAnswer(visitor)), ...(await this.releasesToSign(visitor))]
  }

  /** What happened to the guarantees of the visitor's own members. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const movements = await readMovements(this.database.read, visitor.scopesOf('delegate'))
    if (movements.length === 0) return []
    const names = await this.names()
    return movements.map((movement) => ({
      key: `guarantees.happenings.${movement.type}`,
      values: {
        amount: formatCents(movement.cents),
        member: names.get(movement.memberId) ?? '?',
        reference: movement.document,
      },
      href: hrefOf(movement),
      at: happenedAt(movement),
    }))
  }

  private async offersToAnswer(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('director', 'chair', 'controller')) return []
    const open = await this.offers.open()
    if (open.length === 0) return []
    const names = await this.names()
    const tasks = open.map(async ({ id, memberId, cents, document }): Promise<Task[]> => {
      if (!(await this.side.mayDecide(visitor, memberId))) return []
      const values = { member: names.get(memberId) ?? '?', amount: formatCents(cents), reference: document }
      const href = `/garanties/toezeggingen/${id}`
      return [{ key: 'guarantees.tasks.answer', values, href, dueOn: null, openNow: false }]
    })
    return (await Promise.all(tasks)).flat()
  }

  private async releasesToSign(visitor: Visitor): Promise<Task[]> {
    const scopes = visitor.scopesOf('delegate')
    if (scopes.length === 0) return []
    return (await this.releases.waiting(scopes)).map(({ memberId, cents, document }) => ({
      key: 'guarantees.tasks.signRelease',
      values: { amount: formatCents(cents), reference: document },
      href: `/garanties/leden/${memberId}`,
      ...{ dueOn: null, openNow: false },
    }))
  }

  private async names(): Promise<Map<string, string>> {
    const members = await this.members.asOf(this.clock.today())
    return new Map(members.map(({ id, name }) => [id, name]))
  }
}

function hrefOf({ id, type, memberId, refersTo }: GuaranteeMovement): string {
  const offer = type === 'offered' ? id : refersTo
  return OF_AN_OFFER.includes(type) && offer
    ? `/garanties/toezeggingen/${offer}`
    : `/garanties/leden/${memberId}`
}

/** What was on paper first happened on its own day, not when it was entered; a decrease is given before it works. */
function happenedAt({ onDay, recordedAt }: GuaranteeMovement): Date {
  return onDay < dayOf(recordedAt) ? new Date(`${onDay}T12:00:00Z`) : recordedAt
}
