import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { GuaranteeTransfers } from '#guarantees'
import type { Day } from '#kernel'
import { Clock, DailyWork, Database, type Tx } from '#platform'
import { type Departure, readDepartures } from './store/departure-records.js'

/** On the day that a member merges into another, its guarantee goes over to that member. */
@Injectable()
export class MergedGuarantees implements OnModuleInit {
  constructor(
    @Inject(DailyWork) private readonly dailyWork: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeTransfers) private readonly transfers: GuaranteeTransfers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.dailyWork.add('guarantees of merged members', (today) => this.transferDue(today))
  }

  /** Moves what is due. Safe to repeat: a merger moves a guarantee once. */
  async transferDue(today: Day): Promise<void> {
    const merged = (await readDepartures(this.database.read, today)).filter(
      ({ type, state }) => type === 'merged' && state === 'done',
    )
    for (const departure of merged) await this.database.transaction((tx) => this.transfer(tx, departure))
  }

  /** Moves the guarantee of a merger whose day has come; of any other case nothing. */
  async transfer(
    tx: Tx,
    {
      id,
      type,
      memberId,
      successorMemberId,
      takesEffectOn,
      reference,
      reason,
    }: Omit<Departure, 'steps' | 'state'>,
  ): Promise<void> {
    if (type !== 'merged' || !successorMemberId || !takesEffectOn || takesEffectOn > this.clock.today())
      return
    await this.transfers.transfer(tx, {
      ...{ fromMemberId: memberId, toMemberId: successorMemberId },
      // The reason of a merger names the deed.
      ...{ document: `${reference}: ${reason}`, by: null, requestKey: id },
    })
  }
}
