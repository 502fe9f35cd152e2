import { Inject, Injectable } from '@nestjs/common'
import { type Cents, RuleViolated } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { Pledging } from './pledging.service.js'
import { type OfferState, stateOfOffer } from './rules/offer-state.js'
import { GuaranteeSigning } from './signing.service.js'
import {
  findMovement,
  type GuaranteeMovement,
  lockYears,
  nextReference,
  readAllMovements,
  readAnswer,
} from './store/guarantee-register.store.js'

/** An offer as a delegate sends it in. */
export interface OfferRequest {
  memberId: string
  cents: Cents
  /** Why more than is required; empty when it is not. */
  reason: string
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** An offer with what became of it. */
export interface Offer {
  movement: GuaranteeMovement
  state: OfferState
  answer: GuaranteeMovement | null
  memberName: string
}

/** Offering a pledge: a contract between the member and the cooperative, so only its own delegate can (BW 2:59). */
@Injectable()
export class Offers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Pledging) private readonly pledging: Pledging,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeSigning) private readonly signing: GuaranteeSigning,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Offers a pledge of the visitor's own member. It counts once the cooperative accepts it; what could not be
   * accepted today is refused at once. A repeat (same request key) records nothing and answers with the first.
   * @throws RuleViolated `guarantee.notYourMember`, `guarantee.notAMember`, `guarantee.noYear`,
   * `guarantee.notPositive`, `guarantee.capExceeded`, `guarantee.overRequired`, `guarantee.requestKeyReused`
   */
  async offer(visitor: Visitor, request: OfferRequest): Promise<{ id: string; repeated: boolean }> {
    if (!visitor.hasFor('delegate', request.memberId)) throw RuleViolated.of('guarantee.notYourMember')
    return this.database.transaction(async (tx) => {
      const year = await this.pledging.lockedYear(tx)
      const earlier = await findMovement(tx, { requestKey: request.requestKey })
      if (earlier) {
        const same = earlier.memberId === request.memberId && earlier.cents === request.cents
        if (same) return { id: earlier.id, repeated: true }
        throw RuleViolated.of('guarantee.requestKeyReused', { reference: earlier.document })
      }
      const member = await this.pledging.requireMember(tx, request.memberId)
      await this.pledging.check(tx, year, request)
      return { id: await this.record(tx, visitor, member, request), repeated: false }
    })
  }

  /**
   * Withdraws an offer that was not answered yet. A repeat changes nothing.
   * @throws RuleViolated `guarantee.offerUnknown`, `guarantee.notYourMember`, `guarantee.alreadyAnswered`
   */
  async withdraw(visitor: Visitor, offerId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockYears(tx)
      const { movement, state, memberName } = await this.one(offerId, tx)
      if (!visitor.hasFor('delegate', movement.memberId)) throw RuleViolated.of('guarantee.notYourMember')
      if (state === 'withdrawn') return
      if (state !== 'waiting') throw RuleViolated.of('guarantee.alreadyAnswered')
      const { memberId, cents, document } = movement
      const onDay = this.clock.today()
      const id = await this.records.recordMovement(tx, {
        ...{ memberId, type: 'offerWithdrawn', cents, onDay, document },
        ...{ by: visitor.personId, refersTo: movement.id },
      })
      await this.notices.tell(tx, {
        ...{ act: 'offerWithdrawn', id, member: { id: memberId, name: memberName }, cents, onDay },
        ...{ reference: document, path: `/garanties/toezeggingen/${movement.id}` },
      })
    })
  }

  /** An offer, or null when there is none with this id. */
  async find(id: string, tx: Tx = this.database.read): Promise<Offer | null> {
    const movement = await findMovement(tx, { id })
    if (movement?.type !== 'offered') return null
    const answer = await readAnswer(tx, id)
    const member = await this.members.find(movement.memberId, this.clock.today(), tx)
    return { movement, answer, state: stateOfOffer(answer?.type ?? null), memberName: member?.name ?? '?' }
  }

  /** @throws RuleViolated `guarantee.offerUnknown` */
  async one(id: string, tx: Tx): Promise<Offer> {
    const offer = await this.find(id, tx)
    if (!offer) throw RuleViolated.of('guarantee.offerUnknown')
    return offer
  }

  /** The offers that nobody answered yet, the oldest first. */
  async open(tx: Tx = this.database.read): Promise<GuaranteeMovement[]> {
    const movements = await readAllMovements(tx)
    const answered = new Set(movements.map(({ refersTo }) => refersTo))
    return movements.filter(({ type, id }) => type === 'offered' && !answered.has(id))
  }

  private async record(
    tx: Tx,
    visitor: Visitor,
    member: MemberOnDay,
    request: OfferRequest,
  ): Promise<string> {
    const { cents, requestKey, reason } = request
    const onDay = this.clock.today()
    const reference = await nextReference(tx, onDay.slice(0, 4))
    const id = await this.records.recordMovement(tx, {
      ...{ memberId: member.id, type: 'offered', cents, onDay, document: reference },
      ...{ by: visitor.personId, requestKey, reason: reason.trim() },
    })
    await this.signing.sign(tx, visitor, id, 'holder', {
      ...{ act: 'offered', memberId: member.id, memberNumber: member.number, cents },
      ...{ fromDay: null, reference },
    })
    const path = `/garanties/toezeggingen/${id}`
    await this.notices.tell(tx, { act: 'offered', id, member, cents, onDay, reference, reason, path })
    return id
  }
}
