import { Inject, Injectable } from '@nestjs/common'
import type { Cents, Day } from '#kernel'
import { Audit, Clock, Ids, type Tx } from '#platform'
import { GuaranteeCapHolderRow, GuaranteeMovementRow, SubsidyYearRow } from './store/entities.js'
import type { CapRole, SubsidyYear } from './store/guarantee-register.store.js'

/** Recording what was agreed on paper: the subsidy of a year, earlier guarantees, and whom the cap binds. */
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

  /** Records a guarantee that was given or paid in on paper, without the checks on a new pledge. */
  async recordMovement(
    tx: Tx,
    movement: {
      memberId: string
      type: 'pledged' | 'paidIn'
      cents: Cents
      onDay: Day
      document: string
      by: string | null
    },
  ): Promise<string> {
    const { by, ...row } = movement
    const id = this.ids.next()
    await tx
      .getRepository(GuaranteeMovementRow)
      .insert({ ...row, id, requestKey: this.ids.next(), recordedAt: this.clock.now(), recordedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: `guarantee.${movement.type}`,
      subject: { kind: 'guaranteeMovement', id },
      details: { memberId: row.memberId, cents: row.cents, reference: row.document },
    })
    return id
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
