import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Ledger } from '#ledger'
import type { Tx } from '#platform'
import { Advances } from './advances.service.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { ADVANCES, BANK } from './rules/accounts.js'
import type { Rhythm } from './rules/advance-schedule.js'
import { insertOrder } from './store/advances.store.js'
import { advanceKey } from './wijk-year.js'

/** A schedule of a year of the past; `paid` are the days on which its first parts were paid. */
export interface PastAdvances {
  area: string
  year: number
  rhythm: Rhythm
  madeAt: Date
  paid: readonly Day[]
  document: string
}

/** Enters advances that were paid before this system kept them, or for an example. */
@Injectable()
export class AdvancesEntering {
  constructor(
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Advances) private readonly advances: Advances,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** Enters the schedule, and books each part on the day on which it was paid. @throws NotFoundException */
  async enter(tx: Tx, { area, year, rhythm, madeAt, paid, document }: PastAdvances): Promise<void> {
    const known = await this.accounts.alone(tx, area, year)
    const instalments = await this.advances.letHold(tx, known, rhythm, { by: null, at: madeAt })
    const { id: agreementId, areaName, accountingDistrictId } = known.agreement
    for (const [at, paidOn] of paid.entries()) {
      const { number, dueOn, cents } = instalments[at]!
      const { entryId } = await this.ledger.post(tx, {
        idempotencyKey: advanceKey(agreementId, year, number),
        ...{ onDay: paidOn, document, recordedBy: null },
        description: `Voorschot ${number} van ${year} betaald, ${areaName}`,
        postings: [
          { account: ADVANCES, accountingDistrictId, cents },
          { account: BANK, cents: -cents },
        ],
      })
      const orderedAt = new Date(`${paidOn}T10:00:00Z`)
      const row = { agreementId, year, number, dueOn, cents, orderedAt, orderedBy: null }
      await insertOrder(tx, { ...row, paidOn, entryId })
    }
  }
}
