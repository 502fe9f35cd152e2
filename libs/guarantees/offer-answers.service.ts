import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { CooperativeSide } from './cooperative-side.service.js'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { type Offer, Offers } from './offers.service.js'
import { Pledging } from './pledging.service.js'
import { positionOf } from './rules/movements.js'
import { GuaranteeSigning } from './signing.service.js'
import { readAllMovements } from './store/guarantee-register.store.js'

/** The cooperative's answer to an offer: from its acceptance on a pledge counts. */
@Injectable()
export class OfferAnswers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Pledging) private readonly pledging: Pledging,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeSigning) private readonly signing: GuaranteeSigning,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Accepts an offer, from today on. One at a time: each holds the lock on the subsidy years while it checks and
   * inserts, so that many together never pass the cap. A repeat, also by another officer, changes nothing.
   * @param reason why more than is required is accepted; may be empty when it is not
   * @throws RuleViolated `guarantee.offerUnknown`, who may not, `guarantee.alreadyAnswered`, `guarantee.notAMember`,
   * `guarantee.capExceeded`, `guarantee.overRequired`
   */
  async accept(visitor: Visitor, offerId: string, reason = ''): Promise<void> {
    await this.database.transaction(async (tx) => {
      const year = await this.pledging.lockedYear(tx)
      const offer = await this.offers.one(offerId, tx)
      await this.side.require(visitor, offer.movement.memberId, tx)
      if (offer.state === 'accepted') return
      if (offer.state !== 'waiting') throw RuleViolated.of('guarantee.alreadyAnswered')
      await this.pledging.requireMember(tx, offer.movement.memberId)
      const { memberId, cents } = offer.movement
      await this.pledging.check(tx, year, { memberId, cents, reason })
      await this.record(tx, visitor, offer, reason.trim())
    })
  }

  /**
   * Refuses an offer, with the reason. A repeat changes nothing.
   * @throws RuleViolated `guarantee.reasonNeeded`, and as {@link accept}
   */
  async refuse(visitor: Visitor, offerId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.pledging.lockedYear(tx)
      const { movement, state, memberName } = await this.offers.one(offerId, tx)
      await this.side.require(visitor, movement.memberId, tx)
      if (state === 'refused') return
      if (state !== 'waiting') throw RuleViolated.of('guarantee.alreadyAnswered')
      if (reason.trim() === '') throw RuleViolated.of('guarantee.reasonNeeded', undefined, 'reden')
      const { memberId, cents, document } = movement
      const onDay = this.clock.today()
      const id = await this.records.recordMovement(tx, {
        ...{ memberId, type: 'offerRefused', cents, onDay, document },
        ...{ by: visitor.personId, refersTo: movement.id, reason: reason.trim() },
      })
      await this.notices.tell(tx, {
        ...{ act: 'offerRefused', id, member: { id: memberId, name: memberName }, cents, onDay },
        ...{ reference: document, reason: reason.trim(), path: `/garanties/toezeggingen/${movement.id}` },
      })
    })
  }

  private async record(tx: Tx, visitor: Visitor, offer: Offer, reason: string): Promise<void> {
    const { memberId, cents, document, id: offerId } = offer.movement
    const member = await this.pledging.requireMember(tx, memberId)
    const onDay = this.clock.today()
    const { pledgedCents } = positionOf(await readAllMovements(tx, onDay), memberId, onDay)
    const type = pledgedCents > 0n ? 'increased' : 'accepted'
    const id = await this.records.recordMovement(tx, {
      ...{ memberId, type, cents, onDay, document },
      ...{ by: visitor.personId, refersTo: offerId, reason },
    })
    await this.signing.sign(tx, visitor, id, 'cooperative', {
      ...{ act: type, memberId, memberNumber: member.number, cents, fromDay: onDay, reference: document },
    })
    const path = `/garanties/toezeggingen/${offerId}`
    await this.notices.tell(tx, {
      act: 'accepted',
      id,
      member,
      cents,
      onDay,
      reference: document,
      reason,
      path,
    })
  }
}
