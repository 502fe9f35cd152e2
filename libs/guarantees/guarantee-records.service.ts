import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Ids, type Tx } from '#platform'
import { checkMovement, type MovementType } from './rules/movements.js'
import { GuaranteeCapHolderRow, GuaranteeMovementRow, SubsidyYearRow } from './store/entities.js'
import {
  type CapRole,
  findMovement,
  lockYears,
  readAllMovements,
  type SubsidyYear,
} from './store/guarantee-register.store.js'

/** A step in the life of a guarantee, as whoever records it gives it. */
export interface NewMovement {
  memberId: string
  type: MovementType
  cents: Cents
  /** From this day on it works. */
  onDay: Day
  document: string
  by: string | null
  /** Makes a second request a repeat. */
  requestKey?: string
  refersTo?: string | null
  reason?: string
}

/** Recording what happened: the subsidy of a year, the movements of guarantees, and whom the cap binds. */
@Injectable()
export class GuaranteeRecords {
  constructor(
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Records a subsidy year; a year that is known already stays as it is. */
  async recordYear(tx: Tx, year: SubsidyYear, by: string | null): Promise<void> {
    await tx.createQueryBuilder().insert().into(SubsidyYearRow).values(year).orIgnore().execute()
    await this.audit.record(tx, {
      actorId: by,
      action: 'subsidyYear.recorded',
      subject: { kind: 'subsidyYear', id: String(year.year) },
      details: { ...year },
    })
  }

  /**
   * Records a step in the life of a guarantee, without the checks on a new pledge: what was agreed on paper, and
   * what calls do to it. All of it has to work: more than there is to call, to pay or to refund is refused. Writers
   * wait for each other. A repeat (same request key) records nothing and answers with the first.
   * @returns the id of the movement
   * @throws RuleViolated the codes of `checkMovement`
   */
  async recordMovement(tx: Tx, movement: NewMovement): Promise<string> {
    const { by, requestKey = this.ids.next(), refersTo = null, reason = '', ...given } = movement
    await lockYears(tx)
    const earlier = await findMovement(tx, { requestKey })
    if (earlier) return earlier.id
    const row = { ...given, id: this.ids.next(), requestKey, refersTo, reason }
    RuleViolated.throwIfAny(checkMovement(await readAllMovements(tx), row, this.clock.today()))
    await tx
      .getRepository(GuaranteeMovementRow)
      .insert({ ...row, recordedAt: this.clock.now(), recordedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: `guarantee.${movement.type}`,
      subject: { kind: 'guaranteeMovement', id: row.id },
      details: {
        memberId: row.memberId,
        cents: row.cents,
        onDay: row.onDay,
        reference: row.document,
        reason,
      },
    })
    return row.id
  }

  /** Records which member fills a role under the director's cap, from a day on. */
  async recordCapHolder(
    tx: Tx,
    holder: { memberId: string; role: CapRole; holdsFrom: Day; by: string | null },
  ): Promise<void> {
    const { by, ...row } = holder
    const id = this.ids.next()
    await tx.getRepository(GuaranteeCapHolderRow).insert({ ...row, id, recordedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: 'guarantee.capHolderRecorded',
      subject: { kind: 'guaranteeCapHolder', id },
      details: { ...row },
    })
  }
}
