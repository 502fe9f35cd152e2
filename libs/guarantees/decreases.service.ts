import { Inject, Injectable } from '@nestjs/common'
import { addDays, type Cents, type Day, formatCents, RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { positionOf, roomOf } from './rules/movements.js'
import { GuaranteeSigning } from './signing.service.js'
import { findMovement, lockYears, nextReference, readAllMovements } from './store/guarantee-register.store.js'

/** What a holder can take off its guarantee, and from which day that works. */
export interface DecreaseTerms {
  weeks: number
  article: string
  /** The first day on which a decrease of today works. */
  onDay: Day
  /** What is not called on that day, less what was lowered already. */
  roomCents: Cents
}

/** Lowering a guarantee with the notice of the statutes: the one thing that a holder does alone. */
@Injectable()
export class Decreases {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Members) private readonly members: Members,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeSigning) private readonly signing: GuaranteeSigning,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Null when the statutes know no notice: then a guarantee goes down by agreement only. */
  async terms(memberId: string, tx: Tx = this.database.read): Promise<DecreaseTerms | null> {
    const today = this.clock.today()
    const rule = (await this.statutes.asOf(today, tx)).find('guaranteeNoticeWeeks')
    if (!rule) return null
    const onDay = addDays(today, rule.value * 7)
    const roomCents = roomOf(positionOf(await readAllMovements(tx, onDay), memberId, onDay))
    return { weeks: rule.value, article: rule.article, onDay, roomCents }
  }

  /**
   * Lowers the guarantee of the visitor's own member, from the day after the notice. What is called by then stays.
   * A repeat (same request key) records nothing and answers with the first.
   * @throws RuleViolated `guarantee.notYourMember`, `guarantee.notPositive`, `guarantee.noNotice`,
   * `guarantee.overRoom` (params room), `guarantee.requestKeyReused`
   */
  async decrease(
    visitor: Visitor,
    { memberId, cents, requestKey }: { memberId: string; cents: Cents; requestKey: string },
  ): Promise<string> {
    if (!visitor.hasFor('delegate', memberId)) throw RuleViolated.of('guarantee.notYourMember')
    if (cents <= 0n) throw RuleViolated.of('guarantee.notPositive', undefined, 'bedrag')
    return this.database.transaction(async (tx) => {
      await lockYears(tx)
      const earlier = await findMovement(tx, { requestKey })
      if (earlier?.memberId === memberId && earlier.cents === cents) return earlier.id
      if (earlier) throw RuleViolated.of('guarantee.requestKeyReused', { reference: earlier.document })
      const member = await this.members.find(memberId, this.clock.today(), tx)
      if (!member) throw RuleViolated.of('guarantee.notAMember')
      const terms = await this.terms(memberId, tx)
      if (!terms) throw RuleViolated.of('guarantee.noNotice')
      if (cents > terms.roomCents)
        throw RuleViolated.of('guarantee.overRoom', { room: formatCents(terms.roomCents) }, 'bedrag')
      const { onDay } = terms
      const document = await nextReference(tx, this.clock.today().slice(0, 4))
      const by = visitor.personId
      const id = await this.records.recordMovement(tx, {
        ...{ memberId, type: 'decreased', cents, onDay, document, by, requestKey },
      })
      await this.signing.sign(tx, visitor, id, 'holder', {
        ...{
          act: 'decreased',
          memberId,
          memberNumber: member.number,
          cents,
          fromDay: onDay,
          reference: document,
        },
      })
      const path = `/garanties/leden/${memberId}`
      await this.notices.tell(tx, { act: 'decreased', id, member, cents, onDay, reference: document, path })
      return id
    })
  }
}
